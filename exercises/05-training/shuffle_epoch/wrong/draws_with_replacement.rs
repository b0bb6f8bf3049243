//! Draws every row anew: some come twice, others not at all.
//!
//! rejected by: every row once
//! says: a row comes twice

use gradus::random::{generator_at, uniform};

pub fn shuffle_epoch(n: usize, size: usize, seed: u64, epoch: u64) -> Vec<Vec<usize>> {
    let mut random = generator_at([seed, epoch, 0, 0]);
    let rows: Vec<usize> =
        (0..n).map(|_| (uniform(&mut random) * n as f64) as usize).collect();
    rows.chunks(size).map(<[usize]>::to_vec).collect()
}
