//! Leaves out a batch that is not full.
//!
//! rejected by: every row once
//! says: rows are missing

use gradus::random::{generator_at, permutation};

pub fn shuffle_epoch(n: usize, size: usize, seed: u64, epoch: u64) -> Vec<Vec<usize>> {
    let order = permutation(n, &mut generator_at([seed, epoch, 0, 0]));
    order.chunks_exact(size).map(<[usize]>::to_vec).collect()
}
