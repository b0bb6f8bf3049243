//! Counts the climb into the fall.
//!
//! rejected by: the example of the statement
//! says: measured from the end of the climb

use std::f64::consts::PI;

pub fn warmup_cosine(update: usize, warmup: usize, total: usize, last: f64) -> f64 {
    if update < warmup {
        return (update + 1) as f64 / warmup as f64;
    }
    if update >= total {
        return last;
    }
    let done = update as f64 / total as f64;
    last + (1.0 - last) * (1.0 + (PI * done).cos()) / 2.0
}
