//! Gives each seed 31 epochs to itself: epoch 31 of seed 0 is epoch 0 of seed 1.
//!
//! rejected by: a seed is not a distance in epochs
//! says: seed and epoch went into one number

use gradus::random::{generator, permutation};

pub fn shuffle_epoch(n: usize, size: usize, seed: u64, epoch: u64) -> Vec<Vec<usize>> {
    let number = seed.wrapping_mul(31).wrapping_add(epoch);
    let order = permutation(n, &mut generator(number));
    order.chunks(size).map(<[usize]>::to_vec).collect()
}
