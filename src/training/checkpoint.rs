//! A run in a file: everything that the next update depends on.
//!
//! The file is in the safetensors format: weights under `model.`, what the optimizer
//! remembers under `optimizer.`, and a note in the header with the rest. There is no state
//! of a random generator in it: every random choice follows from the seed, which is one of
//! the settings, and from the number of the update.

use super::state::State;
use crate::element::Real;
use crate::neural_network::weights::{Named, bytes_of, read_with_note, write_with_note};
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

// ANCHOR: checkpoint
/// How far a run has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Updates so far. With the settings this is also the position in the data.
    pub update: u64,
    /// The mean loss of the last batch.
    pub loss: f64,
    /// The best evaluation, and after which update it was.
    pub best: Option<(f64, u64)>,
    /// Evaluations since then.
    pub since_best: u64,
}

/// A run at rest.
pub struct Checkpoint<T: Real> {
    /// What must be the same for the run to go on as if it had never stopped.
    pub settings: BTreeMap<String, String>,
    /// How far it has come.
    pub progress: Progress,
    /// The weights by path.
    pub model: Named<T>,
    /// What the optimizer remembers of each parameter, by path.
    pub optimizer: Vec<(String, State<T>)>,
}
// ANCHOR_END: checkpoint

/// What stands in the header, as JSON behind its [`seal`].
#[derive(Serialize, Deserialize)]
struct Note {
    settings: BTreeMap<String, String>,
    progress: Progress,
    /// Steps of every parameter that the optimizer has, by path.
    steps: BTreeMap<String, u64>,
}

/// The SHA-256 of a note and the arrays that go with it. A file with one digit changed would
/// still be a valid one, of another run.
fn seal<T: Real>(note: &str, arrays: &Named<T>) -> String {
    let mut digest = Sha256::new().chain_update(note);
    let mut arrays: Vec<_> = arrays.iter().collect();
    arrays.sort_by_key(|(name, _)| name);
    for (name, array) in arrays {
        digest.update(format!("{name} {:?}\n", array.shape()));
        digest.update(bytes_of(array));
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl<T: Real> Checkpoint<T> {
    /// Writes the checkpoint. The file is the old one or the new one, whatever happens.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let mut arrays = Named::new();
        let mut steps = BTreeMap::new();
        for (name, value) in &self.model {
            arrays.push((format!("model.{name}"), value.clone()));
        }
        for (name, state) in &self.optimizer {
            steps.insert(name.clone(), state.steps);
            for (array, value) in &state.arrays {
                arrays.push((format!("optimizer.{name}.{array}"), value.clone()));
            }
        }
        let (settings, progress) = (self.settings.clone(), self.progress);
        let note = Note { settings, progress, steps };
        let note = serde_json::to_string(&note).expect("a note is JSON");
        let sealed = format!("{} {note}", seal(&note, &arrays));
        write_with_note(path, &arrays, Some(&sealed))
    }

    /// Reads a checkpoint, and makes sure that it is what was written.
    ///
    /// # Errors
    /// When the file cannot be read, is cut or damaged, is no checkpoint, or holds another
    /// type of number.
    pub fn read(path: &Path) -> Result<Checkpoint<T>> {
        let refuse = |what: &str| Error::Weights { path: path.into(), what: what.into() };
        let (arrays, note) = read_with_note::<T>(path)?;
        let note = note.ok_or_else(|| {
            refuse(
                "it is no checkpoint: does it hold weights only? Then load them as such",
            )
        })?;
        let damaged =
            || refuse("it is damaged: take an earlier checkpoint, or begin afresh");
        let (sealed, note) = note.split_once(' ').ok_or_else(damaged)?;
        if sealed != seal(note, &arrays) {
            return Err(damaged());
        }
        let note: Note = serde_json::from_str(note).map_err(|_| damaged())?;
        let (mut model, mut remembered) = (Named::new(), BTreeMap::new());
        for (name, steps) in note.steps {
            remembered.insert(name, State { steps, arrays: Vec::new() });
        }
        for (name, value) in arrays {
            if let Some(name) = name.strip_prefix("model.") {
                model.push((name.to_string(), value));
                continue;
            }
            let own = name.strip_prefix("optimizer.").and_then(|name| {
                let (path, array) = name.rsplit_once('.')?;
                Some((remembered.get_mut(path)?, array))
            });
            let (state, array) = own.ok_or_else(damaged)?;
            state.arrays.push((array.to_string(), value));
        }
        for state in remembered.values_mut() {
            state.arrays.sort_by(|a, b| a.0.cmp(&b.0));
        }
        let optimizer = remembered.into_iter().collect();
        Ok(Checkpoint {
            settings: note.settings,
            progress: note.progress,
            model,
            optimizer,
        })
    }
}

/// Refuses to go on under other settings.
///
/// # Errors
/// The first setting that differs, with both values.
pub(super) fn same_settings(
    found: &BTreeMap<String, String>,
    own: &BTreeMap<String, String>,
    path: &Path,
) -> Result<()> {
    let names = found.keys().chain(own.keys());
    let missing = "nothing".to_string();
    for name in names {
        let (found, own) = (found.get(name), own.get(name));
        if found != own {
            let what = format!(
                "it was made with {name} = {}, and this run has {name} = {}: go on with the \
                 same settings, or begin afresh in another folder",
                found.unwrap_or(&missing),
                own.unwrap_or(&missing)
            );
            return Err(Error::Weights { path: path.into(), what });
        }
    }
    Ok(())
}
