//! The trainer: the loop of batches, gradients and steps, and all that a long run needs.

use super::accumulate::Averaged;
use super::checkpoint::Progress;
use super::folder::Folder;
use super::health::{belongs, finite};
use super::metrics::{EvaluationMetrics, MetricsFile, Observer, UpdateMetrics};
use super::outcome::{End, Outcome};
use super::parallel::gradients;
use super::{
    Batches, Length, Optimizer, TrainerConfig, clip_by_global_norm, global_norm,
};
use crate::autograd::TensorOf;
use crate::device::caught;
use crate::element::Real;
use crate::neural_network::{Context, Module, Parameter, named_parameters, weights};
use crate::random::generator_at;
use crate::{Error, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Trains a model: an [`Optimizer`] tells how, a [`TrainerConfig`] how much.
///
/// ```
/// use gradus::neural_network::{Activation, Mlp, parameters};
/// use gradus::random::generator;
/// use gradus::tensor::Array;
/// use gradus::training::*;
///
/// // y = sin x at 64 points.
/// let x = Array::from_fn(&[64, 1], |i| i as f32 / 10.0 - 3.2);
/// let y = x.map(f32::sin);
///
/// let model = Mlp::new(&[1, 16, 1], Activation::Tanh, &mut generator(0));
/// let optimizer = Adam::new(Group::by_rank(parameters(&model)), AdamConfig::default());
/// let config = TrainerConfig {
///     length: Length::Epochs(500), micro_batch: 16, learning_rate: 0.01, ..Default::default()
/// };
/// let outcome = Trainer::new(&model, optimizer, 64, config)?.train(|rows, context| {
///     let prediction = model.forward(&take(&x, rows).into(), context);
///     (prediction.mse(&take(&y, rows).into()), rows.len())
/// })?;
/// assert!(outcome.loss < 0.01, "{outcome}");
/// # Ok::<(), gradus::Error>(())
/// ```
///
/// With a [`folder`](TrainerConfig::folder) the run writes metrics and checkpoints there,
/// and [`resume`](Trainer::resume) goes on from the last one.
pub struct Trainer<'a, T: Real> {
    pub(super) parameters: Vec<(String, Parameter<T>)>,
    pub(super) optimizer: Box<dyn Optimizer<T> + 'a>,
    pub(super) rows: usize,
    pub(super) config: TrainerConfig,
    pub(super) folder: Option<Folder>,
    pub(super) metrics: Option<MetricsFile>,
    pub(super) progress: Progress,
    evaluate: Option<Box<dyn FnMut() -> f64 + 'a>>,
    observer: Option<Box<dyn Observer + 'a>>,
    /// Set it, from a signal handler or another thread, and the run ends after the update
    /// that it is at, with a checkpoint.
    pub stop: Arc<AtomicBool>,
}

impl<'a, T: Real> Trainer<'a, T> {
    /// A trainer at the start, for a data set of `rows` rows.
    ///
    /// # Errors
    /// When a setting cannot work, the optimizer and the model do not belong together, or
    /// the folder cannot be used.
    pub fn new(
        model: &dyn Module<T>,
        optimizer: impl Optimizer<T> + 'a,
        rows: usize,
        config: TrainerConfig,
    ) -> Result<Trainer<'a, T>> {
        config.check(rows)?;
        let parameters = named_parameters(model);
        belongs(&optimizer, &parameters)?;
        let folder = config.folder.as_deref().map(Folder::take).transpose()?;
        Ok(Trainer {
            parameters,
            optimizer: Box::new(optimizer),
            rows,
            config,
            folder,
            metrics: None,
            progress: Progress::default(),
            evaluate: None,
            observer: None,
            stop: Arc::new(AtomicBool::new(false)),
        })
    }

    /// How good the model is, on data that it does not learn from: lower is better.
    pub fn evaluate(mut self, evaluate: impl FnMut() -> f64 + 'a) -> Self {
        self.evaluate = Some(Box::new(evaluate));
        self
    }

    /// Who watches: a [`Bar`](crate::report::Bar), for one.
    pub fn observe(mut self, observer: impl Observer + 'a) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    // ANCHOR: train
    /// Trains to the end, or until it is stopped. `loss` returns the mean loss of some rows
    /// and how many samples, or tokens that count, it is a mean over.
    ///
    /// # Errors
    /// When a number is not finite: that update is not made, and nothing is saved. When a
    /// device cannot go on: that update may be half made, and nothing is saved; the last
    /// checkpoint is whole. When a file cannot be written. When there is a checkpoint in the folder that was not resumed.
    ///
    /// # Panics
    /// When the loss is not a single number, or depends on no parameter of the optimizer.
    pub fn train(
        &mut self,
        loss: impl Fn(&[usize], &mut Context) -> (TensorOf<T>, usize) + Sync,
    ) -> Result<Outcome> {
        self.begin()?;
        let scale = self.config.scale(self.rows);
        let (size, seed) = (scale.batch(), self.config.seed);
        let batches = Batches::new(self.rows, size, seed, scale.drop_last);
        let per_epoch = scale.updates() as u64;
        let parameters: Vec<_> = self.held().into_iter().cloned().collect();
        let mut order = Vec::new();
        let end = loop {
            if let Some(end) = self.end() {
                break end;
            }
            let (start, update) = (Instant::now(), self.progress.update);
            let (epoch, place) = (update / per_epoch, (update % per_epoch) as usize);
            if place == 0 || order.is_empty() {
                order = batches.epoch(epoch);
            }
            // The last number keeps these choices apart from those of other purposes.
            let context = |micro_batch| {
                let random = generator_at([seed, update, micro_batch as u64, 1]);
                Context { training: true, random }
            };
            let (rows, size, devices) = (&order[place], scale.micro_batch, scale.devices);
            let batch = || gradients(&parameters, rows, size, devices, context, &loss);
            let batch = caught(batch)?;
            let loss = batch.loss;
            let (learning_rate, gradient_norm) = caught(|| self.step(batch))??;
            let metrics = UpdateMetrics {
                update: update + 1,
                epoch: epoch + 1,
                samples: scale.samples(update + 1),
                loss,
                learning_rate,
                gradient_norm,
                seconds: start.elapsed().as_secs_f64(),
            };
            self.report(&metrics)?;
            let due = |every: Option<u64>| (update + 1) % every.unwrap_or(per_epoch) == 0;
            if due(self.config.evaluate_every) {
                caught(|| self.compare(learning_rate))??;
            }
            if due(self.config.checkpoint_every) && self.end().is_none() {
                self.save()?;
            }
        };
        self.save()?;
        let Progress { update, loss, best, .. } = self.progress;
        Ok(Outcome { end, update, loss, best })
    }

    /// One update, unless a number is not finite. Returns the learning rate it had, and the
    /// norm of the gradient before clipping.
    fn step(&mut self, mut batch: Averaged<T>) -> Result<(f64, f64)> {
        assert!(
            batch.count == 0 || batch.gradients.iter().any(Option::is_some),
            "train: the loss depends on no parameter that the optimizer updates"
        );
        let norm = match self.config.clip {
            Some(limit) => clip_by_global_norm(&mut batch.gradients, limit),
            None => global_norm(&batch.gradients),
        };
        let factor = self.config.schedule.factor(self.progress.update as usize);
        let rate = self.config.learning_rate * factor;
        let update = self.progress.update + 1;
        finite("the loss", batch.loss, update, rate)?;
        finite("the norm of the gradient", norm, update, rate)?;
        self.optimizer.step(&batch.gradients, rate);
        self.progress.update = update;
        self.progress.loss = batch.loss;
        Ok((rate, norm))
    }
    // ANCHOR_END: train

    /// Whether the run is at its end, and why.
    fn end(&self) -> Option<End> {
        let Progress { update, since_best, .. } = self.progress;
        if update >= self.total() {
            Some(End::Complete)
        } else if self.config.patience.is_some_and(|patience| since_best >= patience) {
            Some(End::Patience)
        } else if self.stop.load(Ordering::Relaxed) {
            Some(End::Stopped)
        } else {
            None
        }
    }

    /// Updates in all.
    fn total(&self) -> u64 {
        let per_epoch = self.config.scale(self.rows).updates() as u64;
        match self.config.length {
            Length::Epochs(epochs) => epochs.saturating_mul(per_epoch),
            Length::Updates(updates) => updates,
        }
    }

    /// Opens the file of metrics, at the first call.
    fn begin(&mut self) -> Result<()> {
        if self.config.patience.is_some() && self.evaluate.is_none() {
            return Err(Error::Setting {
                setting: format!("patience = {:?}", self.config.patience),
                what: "there is no evaluation to wait for: give one with `evaluate`, or take \
                       the patience away"
                    .into(),
            });
        }
        if let (Some(folder), None) = (&self.folder, &self.metrics) {
            folder.must_be_fresh()?;
            self.metrics = Some(MetricsFile::open(&folder.metrics(), 0)?);
        }
        Ok(())
    }

    fn report(&mut self, metrics: &UpdateMetrics) -> Result<()> {
        let total = self.total();
        if let Some(observer) = &mut self.observer {
            observer.update(metrics, total);
        }
        self.metrics.as_mut().map_or(Ok(()), |file| file.line(metrics))
    }

    /// Evaluates, and keeps the weights if they are the best so far.
    fn compare(&mut self, learning_rate: f64) -> Result<()> {
        let Some(evaluate) = &mut self.evaluate else { return Ok(()) };
        let (evaluation, update) = (evaluate(), self.progress.update);
        finite("the evaluation after it", evaluation, update, learning_rate)?;
        let best = match self.progress.best {
            Some((best, _)) if evaluation >= best => {
                self.progress.since_best += 1;
                best
            }
            _ => {
                self.progress.best = Some((evaluation, update));
                self.progress.since_best = 0;
                if let Some(folder) = &self.folder {
                    weights::write(&folder.best(), &weights::values(&self.parameters))?;
                }
                evaluation
            }
        };
        let metrics = EvaluationMetrics { update, evaluation, best };
        if let Some(observer) = &mut self.observer {
            observer.evaluation(&metrics);
        }
        self.metrics.as_mut().map_or(Ok(()), |file| file.line(&metrics))
    }

    /// The parameters that the optimizer updates, in its order.
    pub(super) fn held(&self) -> Vec<&Parameter<T>> {
        self.optimizer.groups().iter().flat_map(|group| &group.parameters).collect()
    }
}
