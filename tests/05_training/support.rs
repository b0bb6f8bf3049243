//! A small model with dropout, data for it, and trainers that are all alike.

use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::neural_network::*;
use gradus::ops::CrossEntropyOptions;
use gradus::random::{generator, normal};
use gradus::tensor::Array;
use gradus::training::*;
use std::path::Path;

/// Two linear layers with dropout between them.
pub struct Net<T: Real> {
    pub first: Linear<T>,
    pub dropout: Dropout,
    pub second: Linear<T>,
}

impl<T: Real> Net<T> {
    pub fn new(hidden: usize, probability: f64) -> Net<T> {
        let mut random = generator(5);
        Net {
            first: Linear::new(3, hidden, 0.8, &mut random),
            dropout: Dropout { probability },
            second: Linear::new(hidden, 4, 0.8, &mut random),
        }
    }

    pub fn forward(&self, x: &TensorOf<T>, context: &mut Context) -> TensorOf<T> {
        let hidden = self.first.forward(x, context).tanh();
        self.second.forward(&self.dropout.forward(&hidden, context), context)
    }
}

impl<T: Real> Module<T> for Net<T> {
    fn parameters(&self, path: &str, visit: &mut dyn FnMut(&str, &Parameter<T>)) {
        self.first.parameters(&module::at(path, "first"), visit);
        Module::<T>::parameters(&self.dropout, &module::at(path, "dropout"), visit);
        self.second.parameters(&module::at(path, "second"), visit);
    }

    fn linears(&mut self, path: &str, visit: &mut dyn FnMut(&str, &mut Linear<T>)) {
        self.first.linears(&module::at(path, "first"), visit);
        self.second.linears(&module::at(path, "second"), visit);
    }
}

/// The target of a row that does not count.
pub const IGNORED: u32 = 99;

/// Inputs `[rows, 3]` and one of four classes for each; every fifth row does not count.
pub fn data<T: Real>(rows: usize) -> (Array<T>, Array<u32>) {
    let mut random = generator(11);
    let inputs = Array::from_fn(&[rows, 3], |_| T::of(normal(&mut random)));
    let class = |row: usize| if row % 5 == 4 { IGNORED } else { (row * 7 % 4) as u32 };
    (inputs, Array::from_fn(&[rows], class))
}

/// The mean loss of some rows, and how many count.
pub fn loss<T: Real>(
    net: &Net<T>,
    (inputs, targets): &(Array<T>, Array<u32>),
    rows: &[usize],
    context: &mut Context,
) -> (TensorOf<T>, usize) {
    let targets = take(targets, rows);
    let count = targets.to_vec().iter().filter(|target| **target != IGNORED).count();
    let options =
        CrossEntropyOptions { ignore_index: Some(IGNORED), ..Default::default() };
    let logits = net.forward(&take(inputs, rows).into(), context);
    (logits.cross_entropy(&targets, options), count)
}

pub fn adam<T: Real>(net: &Net<T>) -> Adam<T> {
    let config = AdamConfig { weight_decay: 0.01, ..AdamConfig::default() };
    Adam::new(Group::by_rank(parameters(net)), config)
}

/// 52 rows in batches of 8, so that an epoch has 7 updates, the last one of 4 rows.
pub const ROWS: usize = 52;

pub fn config(updates: u64, folder: Option<&Path>) -> TrainerConfig {
    TrainerConfig {
        length: Length::Updates(updates),
        micro_batch: 2,
        accumulate: 2,
        devices: 2,
        learning_rate: 0.05,
        schedule: Schedule::Cosine { warmup: 3, total: 20, last: 0.1 },
        clip: Some(1.0),
        seed: 3,
        folder: folder.map(Path::to_path_buf),
        ..TrainerConfig::default()
    }
}

/// Every weight, by its bits.
pub fn bits<T: Real>(module: &dyn Module<T>) -> Vec<Vec<u8>> {
    parameters(module).iter().map(|p| weights::bytes_of(&p.value())).collect()
}

/// The lines of a file of metrics without the times.
pub fn metrics(folder: &Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(folder.join("metrics.jsonl")).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    lines
        .map(|mut line: serde_json::Value| {
            line.as_object_mut().unwrap().remove("seconds");
            line
        })
        .collect()
}

/// How many lines of metrics there are so far.
pub fn lines(folder: &Path) -> usize {
    let text = std::fs::read_to_string(folder.join("metrics.jsonl")).unwrap_or_default();
    text.lines().count()
}
