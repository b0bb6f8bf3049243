//! Reaches the last factor in the update before `total`.
//!
//! rejected by: the example of the statement
//! says: not in the one before

use std::f64::consts::PI;

pub fn warmup_cosine(update: usize, warmup: usize, total: usize, last: f64) -> f64 {
    if update < warmup {
        return (update + 1) as f64 / warmup as f64;
    }
    if update + 1 >= total {
        return last;
    }
    let done = (update - warmup) as f64 / (total - 1 - warmup) as f64;
    last + (1.0 - last) * (1.0 + (PI * done).cos()) / 2.0
}
