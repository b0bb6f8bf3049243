//! One way to train, and a run of it.

use crate::digits::Set;
use gradus::autograd::Tensor;
use gradus::neural_network::{Activation, Context, Mlp, parameters};
use gradus::random::generator_at;
use gradus::tensor::Array;
use gradus::training::*;

/// What makes an update of a gradient.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// Plain descent, or with momentum.
    Sgd { momentum: f64 },
    /// Adam; the decay is outside the moments.
    Adam { decay: f64 },
    /// Adam with the same price in the gradient instead.
    AdamL2 { strength: f64 },
}

/// In which order an epoch takes the rows.
#[derive(Clone, Copy, PartialEq)]
pub enum Order {
    /// Another one every epoch.
    Reshuffled,
    /// Shuffled once.
    Fixed,
    /// All zeros first, then all ones, …
    Sorted,
}

/// One way to train: an arm of a comparison.
#[derive(Clone, Copy)]
pub struct Arm {
    pub batch: usize,
    pub updates: usize,
    pub rate: f64,
    pub kind: Kind,
    pub schedule: Schedule,
    pub clip: Option<f64>,
    pub order: Order,
}

impl Arm {
    /// Plain descent at a constant rate.
    pub fn sgd(batch: usize, updates: usize) -> Arm {
        let (kind, schedule) = (Kind::Sgd { momentum: 0.0 }, Schedule::Constant);
        let order = Order::Reshuffled;
        Arm { batch, updates, rate: 0.1, kind, schedule, clip: None, order }
    }

    /// So many epochs of so many rows.
    pub fn epochs(batch: usize, epochs: usize, rows: usize) -> Arm {
        Arm::sgd(batch, epochs * rows.div_ceil(batch))
    }

    fn optimizer(&self, model: &Mlp<f32>) -> Box<dyn Optimizer<f32>> {
        let groups = Group::by_rank(parameters(model));
        match self.kind {
            Kind::Sgd { momentum } => {
                Box::new(Sgd::new(groups, SgdConfig { momentum, ..SgdConfig::default() }))
            }
            Kind::Adam { decay } => {
                let config = AdamConfig { weight_decay: decay, ..AdamConfig::default() };
                Box::new(Adam::new(groups, config))
            }
            Kind::AdamL2 { .. } => Box::new(Adam::new(groups, AdamConfig::default())),
        }
    }

    fn batches(&self, set: &Set, seed: u64, epoch: u64) -> Vec<Vec<usize>> {
        let shuffled = Batches::new(set.len(), self.batch, seed, false);
        match self.order {
            Order::Reshuffled => shuffled.epoch(epoch),
            Order::Fixed => shuffled.epoch(0),
            Order::Sorted => {
                let (mut rows, y) = (shuffled.epoch(0).concat(), set.y.to_vec());
                rows.sort_by_key(|row| y[*row]);
                rows.chunks(self.batch).map(<[usize]>::to_vec).collect()
            }
        }
    }
}

/// 64 pixels, 32 hidden neurons, 10 classes: 2,410 weights.
pub fn model(seed: u64) -> Mlp<f32> {
    Mlp::new(&[64, 32, 10], Activation::Relu, &mut generator_at([seed, 0, 0, 5]))
}

/// The mean loss of some pictures.
pub fn loss(model: &Mlp<f32>, set: &Set) -> Tensor {
    let logits = model.forward(&set.x.clone().into(), &mut Context::evaluation());
    logits.cross_entropy(&set.y, Default::default())
}

/// The mean loss, and the share of right answers in per cent.
pub fn evaluate(model: &Mlp<f32>, set: &Set) -> (f64, f64) {
    let logits = model.forward(&set.x.clone().into(), &mut Context::evaluation());
    let loss = logits.cross_entropy(&set.y, Default::default()).item();
    let (logits, y) = (logits.value().to_vec(), set.y.to_vec());
    let right = logits.chunks(10).zip(y).filter(|(row, y)| {
        let best = (0..10).max_by(|a, b| row[*a].total_cmp(&row[*b]));
        best == Some(*y as usize)
    });
    (f64::from(loss), 100.0 * right.count() as f64 / set.len() as f64)
}

/// Trains a new model. `watch` sees the number of updates so far (0 first), the loss of
/// the last batch before its update, and the model; it returns whether to go on. `None` if
/// the loss is no longer a number.
pub fn train(
    arm: &Arm,
    set: &Set,
    seed: u64,
    mut watch: impl FnMut(usize, f64, &Mlp<f32>) -> bool,
) -> Option<Mlp<f32>> {
    let model = model(seed);
    let mut optimizer = arm.optimizer(&model);
    let per_epoch = set.len().div_ceil(arm.batch);
    let mut batches = Vec::new();
    if !watch(0, f64::NAN, &model) {
        return Some(model);
    }
    for update in 0..arm.updates {
        let (epoch, place) = (update / per_epoch, update % per_epoch);
        if place == 0 {
            batches = arm.batches(set, seed, epoch as u64);
        }
        let loss = loss(&model, &set.rows(&batches[place]));
        let value = f64::from(loss.item());
        let mut gradients = gradients_of(optimizer.groups(), &loss.backward());
        if let Kind::AdamL2 { strength } = arm.kind {
            add_penalty(&mut gradients, optimizer.groups(), strength);
        }
        if let Some(limit) = arm.clip {
            clip_by_global_norm(&mut gradients, limit);
        }
        if !value.is_finite() {
            return None;
        }
        optimizer.step(&gradients, arm.rate * arm.schedule.factor(update));
        if !watch(update + 1, value, &model) {
            break;
        }
    }
    Some(model)
}

/// g + λ w, for what would decay in AdamW.
fn add_penalty(
    gradients: &mut [Option<Array<f32>>],
    groups: &[Group<f32>],
    strength: f64,
) {
    let parameters = groups.iter().flat_map(|group| {
        group.parameters.iter().map(|parameter| (parameter, group.decay))
    });
    for (gradient, (parameter, decays)) in gradients.iter_mut().zip(parameters) {
        if let Some(gradient) = gradient.as_mut().filter(|_| decays) {
            let own = parameter.value().to_vec();
            let sum = gradient.to_vec().into_iter().zip(own);
            let sum = sum.map(|(g, w)| g + strength as f32 * w).collect();
            *gradient = Array::new(sum, &parameter.shape());
        }
    }
}
