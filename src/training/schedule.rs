//! The learning rate over time.

/// How the learning rate changes from update to update, as a factor between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Schedule {
    /// Always the full rate.
    Constant,
    /// Up from 0 over `warmup` updates, then straight down to `last` at update `total`.
    Linear {
        /// Updates until the full rate.
        warmup: usize,
        /// Updates in all.
        total: usize,
        /// The factor at the end.
        last: f64,
    },
    /// Up from 0 over `warmup` updates, then down to `last` along half a wave (Loshchilov
    /// and Hutter 2017).
    Cosine {
        /// Updates until the full rate.
        warmup: usize,
        /// Updates in all.
        total: usize,
        /// The factor at the end.
        last: f64,
    },
}

impl Schedule {
    /// The factor of update number `update`, counted from 0. The first of `warmup` updates
    /// has the factor 1/warmup, the last of them 1; update `total` and all later ones have
    /// `last`.
    pub fn factor(&self, update: usize) -> f64 {
        let (warmup, total, last, wave) = match *self {
            Schedule::Constant => return 1.0,
            Schedule::Linear { warmup, total, last } => (warmup, total, last, false),
            Schedule::Cosine { warmup, total, last } => (warmup, total, last, true),
        };
        // ANCHOR: factor
        if update < warmup {
            return (update + 1) as f64 / warmup as f64;
        }
        let left = total.saturating_sub(warmup);
        let done = if left == 0 { 1.0 } else { (update - warmup) as f64 / left as f64 };
        let done = done.min(1.0);
        let height = if wave {
            (1.0 + (std::f64::consts::PI * done).cos()) / 2.0
        } else {
            1.0 - done
        };
        last + (1.0 - last) * height
        // ANCHOR_END: factor
    }
}
