//! The solution of `warmup_cosine`.

/// The factor of the learning rate in update number `update`, counted from 0.
pub fn warmup_cosine(update: usize, warmup: usize, total: usize, last: f64) -> f64 {
    // gradus: solution
    if update < warmup {
        (update + 1) as f64 / warmup as f64
    } else if update >= total {
        last
    } else {
        let done = (update - warmup) as f64 / (total - warmup) as f64;
        last + (1.0 - last) * (1.0 + (std::f64::consts::PI * done).cos()) / 2.0
    }
    // gradus: skeleton
    // todo!("climb, fall along half a wave, stay")
    // gradus: end
}
