//! Gives the first update the factor 0, and all of the climb one step less.
//!
//! rejected by: the climb
//! says: nothing is learned from it

use std::f64::consts::PI;

pub fn warmup_cosine(update: usize, warmup: usize, total: usize, last: f64) -> f64 {
    if update < warmup {
        return update as f64 / warmup as f64;
    }
    let left = total.saturating_sub(warmup).max(1);
    let done = ((update - warmup) as f64 / left as f64).min(1.0);
    let done = if update >= total { 1.0 } else { done };
    last + (1.0 - last) * (1.0 + (PI * done).cos()) / 2.0
}
