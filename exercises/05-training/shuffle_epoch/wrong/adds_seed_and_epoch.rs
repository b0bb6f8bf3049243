//! Makes one number of two: epoch 1 of seed 0 is epoch 0 of seed 1.
//!
//! rejected by: another epoch, another seed
//! says: can no longer be told apart

use gradus::random::{generator, permutation};

pub fn shuffle_epoch(n: usize, size: usize, seed: u64, epoch: u64) -> Vec<Vec<usize>> {
    let order = permutation(n, &mut generator(seed.wrapping_add(epoch)));
    order.chunks(size).map(<[usize]>::to_vec).collect()
}
