//! What a run reports while it trains: to whoever watches, and as lines of JSON.

use crate::replace::replace;
use crate::report::Bar;
use crate::{Error, Result};
use serde::Serialize;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// One update.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct UpdateMetrics {
    /// Its number, counted from 1.
    pub update: u64,
    /// The epoch that it belongs to, counted from 1.
    pub epoch: u64,
    /// Rows used so far, counted once for every epoch.
    pub samples: u64,
    /// The mean loss of its batch, before the step; 0 where nothing counted.
    pub loss: f64,
    /// The learning rate of the step.
    pub learning_rate: f64,
    /// ‖g‖, before clipping.
    pub gradient_norm: f64,
    /// What the update took.
    pub seconds: f64,
}

/// One evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EvaluationMetrics {
    /// After which update.
    pub update: u64,
    /// What came out: lower is better.
    pub evaluation: f64,
    /// The best value so far.
    pub best: f64,
}

/// Someone who watches a run.
pub trait Observer {
    /// After every update; there will be `of` in all, unless the run stops early.
    fn update(&mut self, metrics: &UpdateMetrics, of: u64);

    /// After every evaluation.
    fn evaluation(&mut self, metrics: &EvaluationMetrics);
}

impl Observer for Bar {
    fn update(&mut self, metrics: &UpdateMetrics, of: u64) {
        let UpdateMetrics { update, epoch, loss, .. } = *metrics;
        self.set(update, of, format!("epoch {epoch}, loss {loss:.4}"));
    }

    fn evaluation(&mut self, metrics: &EvaluationMetrics) {
        let EvaluationMetrics { update, evaluation, best } = metrics;
        self.line(&format!("update {update}: {evaluation:.4}, best {best:.4}"));
    }
}

/// The file of metrics: a line of JSON for every update and every evaluation.
pub(super) struct MetricsFile {
    path: PathBuf,
    file: File,
}

impl MetricsFile {
    /// Opens the file at `path` to go on after `update`: lines of later updates, which a run
    /// wrote that was killed, are cut off, for they will come again; so is a line that was
    /// not finished.
    pub(super) fn open(path: &Path, update: u64) -> Result<MetricsFile> {
        let failed =
            |action| move |source| Error::File { action, path: path.into(), source };
        let text = match std::fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(failed("read")(error)),
        };
        let known = |line: &&str| {
            let line: Option<serde_json::Value> = serde_json::from_str(line).ok();
            let of = line.and_then(|line| line["update"].as_u64());
            of.is_some_and(|of| of <= update)
        };
        let kept: String =
            text.lines().filter(known).map(|line| format!("{line}\n")).collect();
        replace(path, kept.as_bytes())?;
        let file = OpenOptions::new().append(true).open(path).map_err(failed("write"))?;
        Ok(MetricsFile { path: path.into(), file })
    }

    /// Adds a line.
    pub(super) fn line(&mut self, metrics: &impl Serialize) -> Result<()> {
        let line = serde_json::to_string(metrics).expect("metrics are JSON") + "\n";
        self.file.write_all(line.as_bytes()).map_err(|error| self.failed(error))
    }

    /// Waits until every line is on the disk: a checkpoint must not know more updates than
    /// this file does.
    pub(super) fn sync(&mut self) -> Result<()> {
        self.file.sync_data().map_err(|error| self.failed(error))
    }

    fn failed(&self, source: std::io::Error) -> Error {
        Error::File { action: "write", path: self.path.clone(), source }
    }
}
