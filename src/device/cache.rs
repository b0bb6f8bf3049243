//! Blocks of device memory that wait to be used again. Asking a driver for memory waits for the
//! device; in a training step, which needs the same sizes again and again, nobody has to ask.

use std::collections::HashMap;

/// Free blocks by their size.
#[derive(Default)]
pub(super) struct Cache {
    free: HashMap<usize, Vec<u64>>,
}

/// Sizes up to this are rounded to the first step, larger ones to the second.
const LARGE: usize = 1 << 20;
const STEP: usize = 512;
const LARGE_STEP: usize = 2 << 20;

impl Cache {
    /// The size of the block that serves a wish for so many bytes.
    pub fn rounded(bytes: usize) -> usize {
        let step = if bytes <= LARGE { STEP } else { LARGE_STEP };
        bytes.max(1).next_multiple_of(step)
    }

    /// A block that waits.
    pub fn take(&mut self, bytes: usize) -> Option<u64> {
        self.free.get_mut(&Cache::rounded(bytes))?.pop()
    }

    /// Lets a block wait.
    pub fn keep(&mut self, pointer: u64, bytes: usize) {
        self.free.entry(Cache::rounded(bytes)).or_default().push(pointer);
    }

    /// All blocks that wait; none do any more.
    pub fn empty(&mut self) -> Vec<u64> {
        self.free.drain().flat_map(|(_, blocks)| blocks).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_serves_wishes_of_its_own_size_class() {
        let mut cache = Cache::default();
        cache.keep(7, 100);
        assert_eq!(cache.take(513), None);
        assert_eq!(cache.take(512), Some(7));
        assert_eq!(cache.take(100), None);
        cache.keep(8, (2 << 20) + 1);
        assert_eq!(cache.take(4 << 20), Some(8));
        cache.keep(9, 0);
        cache.keep(10, 3 << 20);
        let mut all = cache.empty();
        all.sort();
        assert_eq!((all, cache.take(1)), (vec![9, 10], None));
    }
}
