//! The solution of `shuffle_epoch`.

use gradus::random::{generator_at, permutation};

/// The batches of an epoch: every row of `0..n` once, in an order of this seed and epoch.
pub fn shuffle_epoch(n: usize, size: usize, seed: u64, epoch: u64) -> Vec<Vec<usize>> {
    // gradus: solution
    let order = permutation(n, &mut generator_at([seed, epoch, 0, 0]));
    order.chunks(size).map(<[usize]>::to_vec).collect()
    // gradus: skeleton
    // let _ = (generator_at([0; 4]), permutation);
    // todo!("put the rows into an order of this seed and epoch, and cut it into batches")
    // gradus: end
}
