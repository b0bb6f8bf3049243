//! Memory that is used again. A training step asks for the same large blocks every time;
//! the system hands each out page by page, cleared, which costs more than the arithmetic
//! that fills it. So a block that is no longer needed waits here for the next who asks.

use crate::element::Element;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::Mutex;

/// Blocks with fewer elements are left to the system's allocator, which is fast for them.
const LARGE: usize = 4096;

/// The blocks of one type that wait to be used again.
pub struct Pool<T>(Mutex<Blocks<T>>);

struct Blocks<T> {
    /// By capacity.
    waiting: BTreeMap<usize, Vec<Vec<T>>>,
    /// How many elements wait, how many are in use, and the most that ever were in use.
    held: usize,
    used: usize,
    peak: usize,
}

impl<T: Element> Pool<T> {
    /// A pool that holds nothing.
    pub const fn new() -> Pool<T> {
        let waiting = BTreeMap::new();
        Pool(Mutex::new(Blocks { waiting, held: 0, used: 0, peak: 0 }))
    }

    /// A block that waits and is neither too small nor far too large.
    fn take(&self, size: usize) -> Option<Vec<T>> {
        let mut blocks = self.0.lock().expect("nobody panics here");
        let (capacity, stack) =
            blocks.waiting.range_mut(size..=size + size / 8).next()?;
        let (capacity, block) = (*capacity, stack.pop());
        if stack.is_empty() {
            blocks.waiting.remove(&capacity);
        }
        blocks.held -= capacity;
        block
    }

    /// Counts a block that is now in use.
    fn lend(&self, capacity: usize) {
        let mut blocks = self.0.lock().expect("nobody panics here");
        blocks.used += capacity;
        blocks.peak = blocks.peak.max(blocks.used);
    }

    /// Takes a block back. No more ever waits than was once in use; a block that would be
    /// too many drives out all others, whose sizes are perhaps no longer asked for.
    fn give_back(&self, block: Vec<T>) {
        let capacity = block.capacity();
        let mut blocks = self.0.lock().expect("nobody panics here");
        blocks.used -= capacity;
        let driven_out = if blocks.held + capacity > blocks.peak {
            blocks.held = 0;
            std::mem::take(&mut blocks.waiting)
        } else {
            BTreeMap::new()
        };
        blocks.held += capacity;
        blocks.waiting.entry(capacity).or_default().push(block);
        drop(blocks); // what is driven out goes back to the system without the lock
        drop(driven_out);
    }
}

impl<T: Element> Default for Pool<T> {
    fn default() -> Pool<T> {
        Pool::new()
    }
}

/// `size` elements to be written: what they are now is whatever was there before.
pub fn scratch<T: Element>(size: usize) -> Vec<T> {
    let waiting = if size < LARGE { None } else { T::pool().take(size) };
    let mut block = waiting.unwrap_or_default();
    block.truncate(size);
    if block.capacity() == 0 {
        return vec![T::default(); size]; // which the system clears without being told
    }
    block.resize(size, T::default());
    block
}

/// `size` elements, all of them `value`.
pub fn filled<T: Element>(value: T, size: usize) -> Vec<T> {
    let mut block = scratch(size);
    block.fill(value);
    block
}

/// A block of memory that returns to its pool.
pub struct Buffer<T: Element>(Vec<T>);

impl<T: Element> From<Vec<T>> for Buffer<T> {
    fn from(block: Vec<T>) -> Buffer<T> {
        if block.capacity() >= LARGE {
            T::pool().lend(block.capacity());
        }
        Buffer(block)
    }
}

impl<T: Element> Clone for Buffer<T> {
    fn clone(&self) -> Buffer<T> {
        let mut block = scratch(self.0.len());
        block.copy_from_slice(&self.0);
        Buffer::from(block)
    }
}

impl<T: Element> Drop for Buffer<T> {
    fn drop(&mut self) {
        if self.0.capacity() >= LARGE {
            T::pool().give_back(std::mem::take(&mut self.0));
        }
    }
}

impl<T: Element> Deref for Buffer<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Element> DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// f64 blocks of sizes that no other test of this binary uses.
    #[test]
    fn a_block_comes_back_and_is_lent_again_if_it_fits() {
        let block = Buffer::from(filled(7.0f64, 1_000_003));
        let place = block.as_ptr();
        drop(block);
        let smaller: Vec<f64> = scratch(1_000_000);
        assert_eq!((smaller.as_ptr(), smaller.len()), (place, 1_000_000));
        drop(Buffer::from(smaller));
        let far_smaller: Vec<f64> = scratch(800_000);
        assert_ne!(far_smaller.as_ptr(), place, "too large for it");
        assert_eq!(far_smaller[799_999], 0.0, "new memory");
        assert!(filled(3.0f64, 1_000_001).iter().all(|x| *x == 3.0), "nothing shows");
    }

    #[test]
    fn the_pool_never_holds_more_than_was_once_in_use() {
        let pool: Pool<u32> = Pool::new();
        let held = || pool.0.lock().unwrap().held;
        for size in [5_000, 6_000, 7_000, 8_000] {
            let block = Vec::with_capacity(size);
            pool.lend(size);
            pool.give_back(block);
            assert_eq!(held(), size, "the peak was one block, so the last one stays");
        }
        assert!(pool.take(8_000).is_some() && held() == 0);
        (0..3).for_each(|_| pool.lend(8_000));
        (0..3).for_each(|_| pool.give_back(Vec::with_capacity(8_000)));
        assert_eq!(held(), 24_000, "three were in use at once");
        assert!(pool.take(8_001).is_none() && pool.take(7_000).is_none());
        assert_eq!(pool.take(7_500).map(|block| block.capacity()), Some(8_000));
        assert_eq!(held(), 16_000);
    }
}
