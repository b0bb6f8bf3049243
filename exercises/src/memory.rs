//! The memory an answer may use: a counting allocator, which works alike on every system.

use gradus_course::supervise::MEMORY;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static USED: AtomicUsize = AtomicUsize::new(0);
static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// From here on, no more than the environment allows.
pub(crate) fn limit() {
    if let Some(bytes) = std::env::var(MEMORY).ok().and_then(|text| text.parse().ok()) {
        LIMIT.store(bytes, Relaxed);
    }
}

// SAFETY: every call is passed on to the system's allocator unchanged, or refused with a
// null pointer, which the contract of `GlobalAlloc` allows.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if USED.fetch_add(layout.size(), Relaxed).saturating_add(layout.size())
            > LIMIT.load(Relaxed)
        {
            USED.fetch_sub(layout.size(), Relaxed);
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's promises about `layout` are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Relaxed);
        // SAFETY: `pointer` came from `alloc` above with this `layout`.
        unsafe { System.dealloc(pointer, layout) }
    }
}
