//! How a run ended.

use std::fmt;

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Why.
    pub end: End,
    /// Updates in all.
    pub update: u64,
    /// The mean loss of the last batch, before its update.
    pub loss: f64,
    /// The best evaluation, and after which update it was.
    pub best: Option<(f64, u64)>,
}

/// Why a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It was as long as it should be.
    Complete,
    /// Evaluations did not get better any more.
    Patience,
    /// [`Trainer::stop`](super::Trainer::stop) was set.
    Stopped,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.end {
            End::Complete => "complete",
            End::Patience => "no better any more",
            End::Stopped => "stopped, to be resumed",
        };
        write!(f, "{why} after update {}, loss {:.4}", self.update, self.loss)?;
        match self.best {
            Some((best, update)) => write!(f, ", best {best:.4} after update {update}"),
            None => Ok(()),
        }
    }
}
