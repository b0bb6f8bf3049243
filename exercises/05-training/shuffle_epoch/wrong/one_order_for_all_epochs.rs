//! Shuffles once, and never again.
//!
//! rejected by: another epoch, another seed
//! says: every epoch has the same order

use gradus::random::{generator, permutation};

pub fn shuffle_epoch(n: usize, size: usize, seed: u64, _epoch: u64) -> Vec<Vec<usize>> {
    let order = permutation(n, &mut generator(seed));
    order.chunks(size).map(<[usize]>::to_vec).collect()
}
