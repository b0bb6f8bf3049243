//! One loop on several threads.

use rayon::prelude::*;

/// A loop over fewer elements is mostly done before a second thread has woken up: so long does
/// it take to hand over work.
pub const WORTHWHILE: usize = 1 << 17;

/// In how many parts a loop over `size` elements is cut. No result depends on it: a part
/// writes its own elements, and no sum runs across parts.
pub fn parts(size: usize) -> usize {
    if size < WORTHWHILE { 1 } else { rayon::current_num_threads() }
}

/// Calls `work` for every task, on several threads if `size`, the number of elements in all,
/// makes that worthwhile. (`work` is `dyn` so that the machinery of threads is compiled
/// once, and not again for every loop.)
pub fn for_each<A: Send>(tasks: Vec<A>, size: usize, work: &(dyn Fn(A) + Sync)) {
    if tasks.len() > 1 && parts(size) > 1 {
        tasks.into_par_iter().for_each(work);
    } else {
        tasks.into_iter().for_each(work);
    }
}
