//! The vocabulary of scale: from rows of data to updates of the weights.

// ANCHOR: scale
/// How the rows of a data set become updates.
///
/// A *micro-batch* is what one device works on at once. In a *round* every device takes
/// one. After `accumulate` rounds comes an *update* (an *iteration*), whose *batch* is all
/// the rows since the last one. An *epoch* is every row once.
///
/// ```
/// use gradus::training::Scale;
/// let scale = Scale { rows: 1000, micro_batch: 8, accumulate: 2, devices: 4, drop_last: false };
/// assert_eq!(scale.batch(), 64);
/// assert_eq!((scale.micro_batches(), scale.rounds(), scale.updates()), (125, 32, 16));
/// assert_eq!(scale.last_batch(), 40);
/// let dropped = Scale { drop_last: true, ..scale };
/// assert_eq!((dropped.updates(), dropped.last_batch()), (15, 64));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Rows in the data set.
    pub rows: usize,
    /// Rows that a device works on at once.
    pub micro_batch: usize,
    /// Rounds between two updates.
    pub accumulate: usize,
    /// Devices that work side by side: here threads.
    pub devices: usize,
    /// Leave out the last batch of an epoch where it is not full.
    pub drop_last: bool,
}

impl Scale {
    // ANCHOR: counts
    /// Rows of a full batch: what an update is made from.
    pub fn batch(&self) -> usize {
        let round = self.micro_batch.saturating_mul(self.devices);
        round.saturating_mul(self.accumulate)
    }

    /// Rows that an epoch uses.
    pub fn used(&self) -> usize {
        if self.drop_last { self.rows - self.rows % self.batch() } else { self.rows }
    }

    /// Updates in an epoch. The last one may have a smaller batch.
    pub fn updates(&self) -> usize {
        self.used().div_ceil(self.batch())
    }

    /// Micro-batches in an epoch. The last one may be smaller.
    pub fn micro_batches(&self) -> usize {
        self.used().div_ceil(self.micro_batch)
    }

    /// Rounds in an epoch. In the last one some devices may have nothing to do.
    pub fn rounds(&self) -> usize {
        self.micro_batches().div_ceil(self.devices)
    }

    /// Rows in the last batch of an epoch.
    pub fn last_batch(&self) -> usize {
        self.used() - self.updates().saturating_sub(1) * self.batch()
    }
    // ANCHOR_END: counts

    /// Rows used by the first `updates` updates, over as many epochs as that takes.
    pub fn samples(&self, updates: u64) -> u64 {
        let (epochs, rest) = match self.updates() as u64 {
            0 => return 0,
            per_epoch => (updates / per_epoch, updates % per_epoch),
        };
        // Only the last batch of an epoch may be smaller, and that one is not in the rest.
        epochs * self.used() as u64 + rest * self.batch() as u64
    }
}
// ANCHOR_END: scale
