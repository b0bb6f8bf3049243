//! Mixes seed and epoch into one number: it looks random, and still there are twice as many
//! bits as places.
//!
//! rejected by: seeds and epochs that are large
//! says: do not fit into one

use gradus::random::{generator_at, permutation};

pub fn shuffle_epoch(n: usize, size: usize, seed: u64, epoch: u64) -> Vec<Vec<usize>> {
    let mixed = seed ^ epoch.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let order = permutation(n, &mut generator_at([mixed, 0, 0, 0]));
    order.chunks(size).map(<[usize]>::to_vec).collect()
}
