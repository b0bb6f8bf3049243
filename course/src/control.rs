//! The strings of a run: whoever waits for it in another thread can end it.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

/// Held by whoever waits for a run in another thread.
#[derive(Debug, Default)]
pub struct Control {
    stopped: AtomicBool,
    running: AtomicBool,
}

impl Control {
    /// Ends the run at once, or before it begins.
    pub fn stop(&self) {
        self.stopped.store(true, SeqCst);
    }

    /// Whether [`Control::stop`] was called.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(SeqCst)
    }

    /// Called once, just before the child is started.
    pub(crate) fn begin(&self) {
        self.running.store(true, SeqCst);
    }

    /// Whether the run has begun. If it has not, and was stopped, it starts nothing more.
    pub fn is_running(&self) -> bool {
        self.running.load(SeqCst)
    }
}
