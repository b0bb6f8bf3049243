//! Brings the batches into random order, and leaves their rows together.
//!
//! rejected by: the sizes of the batches
//! says: full batches first

use gradus::random::{generator_at, permutation};

pub fn shuffle_epoch(n: usize, size: usize, seed: u64, epoch: u64) -> Vec<Vec<usize>> {
    let rows: Vec<usize> = (0..n).collect();
    let batches: Vec<Vec<usize>> = rows.chunks(size).map(<[usize]>::to_vec).collect();
    let order = permutation(batches.len(), &mut generator_at([seed, epoch, 0, 0]));
    order.iter().map(|place| batches[*place].clone()).collect()
}
