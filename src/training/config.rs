//! What a run of training is told.

use super::{Scale, Schedule};
use crate::{Error, Result};
use std::path::PathBuf;

/// How long to train.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many times through the data.
    Epochs(u64),
    /// So many updates.
    Updates(u64),
}

/// The settings of a [`Trainer`](super::Trainer).
#[derive(Debug, Clone, PartialEq)]
pub struct TrainerConfig {
    /// How long to train. A resumed run may go on for longer than it was first told.
    pub length: Length,
    /// Rows that a device works on at once.
    pub micro_batch: usize,
    /// Rounds of micro-batches between two updates.
    pub accumulate: usize,
    /// Devices that work side by side: threads.
    pub devices: usize,
    /// Leave out the last batch of an epoch where it is not full.
    pub drop_last: bool,
    /// η: the learning rate, before the schedule. A rate of 0 would train nothing and is
    /// refused here; a schedule may reach 0.
    pub learning_rate: f64,
    /// The learning rate over time.
    pub schedule: Schedule,
    /// The largest norm that the gradients together may have.
    pub clip: Option<f64>,
    /// Where random choices come from: the order of the data, and dropout.
    pub seed: u64,
    /// Updates between two evaluations; by default one at the end of every epoch.
    pub evaluate_every: Option<u64>,
    /// Stop after so many evaluations in a row without a new best value.
    pub patience: Option<u64>,
    /// Updates between two checkpoints; by default one at the end of every epoch. There is
    /// always one at the end.
    pub checkpoint_every: Option<u64>,
    /// The folder of metrics, checkpoints and the best weights. Without one nothing is
    /// written.
    pub folder: Option<PathBuf>,
}

impl Default for TrainerConfig {
    fn default() -> TrainerConfig {
        TrainerConfig {
            length: Length::Epochs(10),
            micro_batch: 32,
            accumulate: 1,
            devices: 1,
            drop_last: false,
            learning_rate: 1e-3,
            schedule: Schedule::Constant,
            clip: None,
            seed: 0,
            evaluate_every: None,
            patience: None,
            checkpoint_every: None,
            folder: None,
        }
    }
}

impl TrainerConfig {
    /// How `rows` rows become updates.
    pub fn scale(&self, rows: usize) -> Scale {
        let TrainerConfig { micro_batch, accumulate, devices, drop_last, .. } = *self;
        Scale { rows, micro_batch, accumulate, devices, drop_last }
    }

    /// Refuses what cannot train `rows` rows.
    ///
    /// # Errors
    /// The first such setting, and what would be right.
    pub fn check(&self, rows: usize) -> Result<()> {
        let refuse = |setting: String, what: &str| {
            Err(Error::Setting { setting, what: what.to_string() })
        };
        let rate = self.learning_rate;
        if rate == 0.0 {
            return refuse(
                "learning_rate = 0".into(),
                "no weight would move: take 0.001, say; to keep some weights as they are, \
                 freeze them",
            );
        }
        if !(rate.is_finite() && rate > 0.0) {
            return refuse(
                format!("learning_rate = {rate}"),
                "it must be a positive number: 0.001, say",
            );
        }
        if let Some(limit) =
            self.clip.filter(|limit| !(limit.is_finite() && *limit > 0.0))
        {
            return refuse(
                format!("clip = {limit}"),
                "the limit must be a positive number, 1, say, or none at all",
            );
        }
        let counts = [
            ("micro_batch", self.micro_batch as u64),
            ("accumulate", self.accumulate as u64),
            ("devices", self.devices as u64),
            ("evaluate_every", self.evaluate_every.unwrap_or(1)),
            ("patience", self.patience.unwrap_or(1)),
            ("checkpoint_every", self.checkpoint_every.unwrap_or(1)),
        ];
        if let Some((name, _)) = counts.iter().find(|(_, count)| *count == 0) {
            return refuse(format!("{name} = 0"), "it must be at least 1");
        }
        if let Length::Epochs(0) | Length::Updates(0) = self.length {
            return refuse(
                format!("length = {:?}", self.length),
                "nothing would happen: it must be at least 1",
            );
        }
        if rows == 0 {
            return refuse(
                "0 rows of data".into(),
                "there is nothing to learn from: was the right file read, and did a filter \
                 leave anything?",
            );
        }
        let batch = self.scale(rows).batch();
        if self.drop_last && rows < batch {
            return refuse(
                format!("drop_last and a batch of {batch}"),
                &format!(
                    "the {rows} rows do not fill one, so that nothing would be left: take a \
                     smaller batch, or keep the last one"
                ),
            );
        }
        Ok(())
    }
}
