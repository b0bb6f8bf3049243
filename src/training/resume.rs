//! From the trainer to the checkpoint, and back.

use super::Trainer;
use super::checkpoint::{Checkpoint, same_settings};
use super::metrics::MetricsFile;
use crate::element::Real;
use crate::neural_network::{Parameter, weights};
use crate::{Error, Result};
use std::collections::BTreeMap;

impl<T: Real> Trainer<'_, T> {
    /// Goes back to the last checkpoint in the folder: weights, optimizer, position. The run
    /// then ends with the very bits of one that was never interrupted. Returns whether there
    /// was a checkpoint; if not, the run begins at the start.
    ///
    /// # Errors
    /// When the trainer has no folder, or the checkpoint cannot be read, is cut or damaged,
    /// or was made with another model, optimizer or setting. Nothing is changed then.
    pub fn resume(&mut self) -> Result<bool> {
        let Some(folder) = &self.folder else {
            return Err(Error::Setting {
                setting: "folder = None".into(),
                what: "there is no checkpoint to go on from: name the folder of the run"
                    .into(),
            });
        };
        let path = folder.checkpoint();
        if !path.exists() {
            return Ok(false);
        }
        let found = Checkpoint::<T>::read(&path)?;
        same_settings(&found.settings, &self.settings(), &path)?;
        let refuse = |what| Error::Weights { path: path.clone(), what };
        let values = weights::fit(&self.parameters, found.model, |_| true);
        let values = values.map_err(refuse)?;
        let mut states: BTreeMap<_, _> = found.optimizer.into_iter().collect();
        let held = self.held().into_iter();
        let states: Option<Vec<_>> =
            held.map(|parameter| states.remove(self.path(parameter))).collect();
        let states = states.ok_or_else(|| {
            refuse("it was made with an optimizer of other parameters".to_string())
        })?;
        let metrics = MetricsFile::open(&folder.metrics(), found.progress.update)?;
        // The last thing that can fail. From here on everything fits.
        self.optimizer.restore(states).map_err(refuse)?;
        for ((_, parameter), value) in self.parameters.iter().zip(values) {
            parameter.set(value);
        }
        self.progress = found.progress;
        self.metrics = Some(metrics);
        Ok(true)
    }

    /// Writes a checkpoint, if there is a folder.
    pub(super) fn save(&mut self) -> Result<()> {
        let (Some(folder), Some(metrics)) = (&self.folder, &mut self.metrics) else {
            return Ok(());
        };
        metrics.sync()?;
        let path = folder.checkpoint();
        let held = self.held().into_iter().map(|parameter| self.path(parameter).into());
        let checkpoint = Checkpoint {
            settings: self.settings(),
            progress: self.progress,
            model: weights::values(&self.parameters),
            optimizer: held.zip(self.optimizer.state()).collect(),
        };
        checkpoint.write(&path)
    }

    /// What the result depends on. How long the run is, and how often it is saved, may
    /// change on the way.
    fn settings(&self) -> BTreeMap<String, String> {
        let config = &self.config;
        let frozen = self.parameters.iter().filter(|(_, p)| !p.is_trainable());
        let frozen: Vec<&str> = frozen.map(|(name, _)| &name[..]).collect();
        [
            ("rows", self.rows.to_string()),
            ("micro_batch", config.micro_batch.to_string()),
            ("accumulate", config.accumulate.to_string()),
            ("devices", config.devices.to_string()),
            ("drop_last", config.drop_last.to_string()),
            ("learning_rate", format!("{:?}", config.learning_rate)),
            ("schedule", format!("{:?}", config.schedule)),
            ("clip", format!("{:?}", config.clip)),
            ("seed", config.seed.to_string()),
            ("evaluate_every", format!("{:?}", config.evaluate_every)),
            ("patience", format!("{:?}", config.patience)),
            ("optimizer", self.optimizer.settings()),
            ("frozen", frozen.join(", ")),
        ]
        .map(|(name, value)| (name.to_string(), value))
        .into()
    }

    /// Where the model has a parameter.
    fn path(&self, parameter: &Parameter<T>) -> &str {
        let mut named = self.parameters.iter();
        let (name, _) = named
            .find(|(_, own)| own.is(parameter))
            .expect("`new` refuses parameters that are not the model's");
        name
    }
}
