//! What all parts of the experiment share: rows with classes, the loop, and how a model is
//! judged.

use crate::support::Table;
use gradus::autograd::{Tensor, TensorOf};
use gradus::element::Real;
use gradus::gradient_descent::Standardiser;
use gradus::neural_network::{Activation, Context, Mlp, Module, parameters};
use gradus::ops::CrossEntropyOptions;
use gradus::random::Generator;
use gradus::tensor::Array;
use smartcore::dataset::digits;

/// Rows, and the class of each.
#[derive(Clone)]
pub struct Rows {
    /// `[n, features]`.
    pub x: Tensor,
    /// `[n]`.
    pub classes: Array<u32>,
}

impl Rows {
    /// The rows of a table whose targets are numbers of classes.
    pub fn new(table: &Table) -> Rows {
        let (n, d) = (table.inputs.len(), table.inputs[0].len());
        let x = table.inputs.iter().flatten().map(|x| *x as f32).collect();
        let classes = table.targets.iter().map(|y| *y as u32).collect();
        Rows { x: Tensor::new(x, &[n, d]), classes: Array::new(classes, &[n]) }
    }

    /// The first rows alone.
    pub fn first(&self, count: usize) -> Rows {
        Rows { x: self.x.slice(0, 0..count), classes: self.classes.slice(0, 0..count) }
    }

    /// The mean cross-entropy of logits for these rows.
    pub fn loss(&self, logits: &Tensor) -> Tensor {
        logits.cross_entropy(&self.classes, CrossEntropyOptions::default())
    }

    /// The loss of a model in evaluation, and its accuracy in per cent.
    pub fn judge(&self, model: &Mlp<f32>) -> (f64, f64) {
        let logits = model.forward(&self.x, &mut Context::evaluation());
        (f64::from(self.loss(&logits).item()), self.accuracy(&logits))
    }

    /// How many rows have their largest logit at their class, in per cent.
    pub fn accuracy(&self, logits: &Tensor) -> f64 {
        let predicted = logits.value().argmax(1);
        let right = predicted.equal(&self.classes).to_vec().into_iter().sum::<u32>();
        100.0 * f64::from(right) / self.classes.size() as f64
    }
}

// ANCHOR: descend
/// Gradient descent: `steps` steps against the gradient of `loss`.
pub fn descend<T: Real>(
    model: &dyn Module<T>,
    rate: T,
    steps: usize,
    mut loss: impl FnMut(usize) -> TensorOf<T>,
) {
    for step in 0..steps {
        let gradients = loss(step).backward();
        for parameter in parameters(model) {
            let Some(gradient) = parameter.gradient(&gradients) else { continue };
            let gradient = gradient.to_vec();
            parameter.update(|w| {
                w.iter_mut().zip(gradient).for_each(|(w, g)| *w = *w - rate * g)
            });
        }
    }
}
// ANCHOR_END: descend

/// A network of these sizes after so many steps on all rows at once.
pub fn trained(
    sizes: &[usize],
    train: &Rows,
    rate: f32,
    steps: usize,
    random: &mut Generator,
) -> Mlp<f32> {
    let model = Mlp::new(sizes, Activation::Relu, random);
    descend(&model, rate, steps, |_| {
        train.loss(&model.forward(&train.x, &mut Context::evaluation()))
    });
    model
}

/// The 1,797 pictures: four fifths drawn for training, standardised by their own mean and
/// deviation; and the others, scaled alike.
pub fn pictures(random: &mut Generator) -> (Table, Table) {
    let (mut train, mut test) = Table::new(digits::load_dataset()).split(0.8, random);
    let standardiser = Standardiser::fit(&train.inputs);
    for table in [&mut train, &mut test] {
        table.inputs = standardiser.apply(&table.inputs);
    }
    (train, test)
}

/// `f` of every seed, each in a thread of its own: what comes out does not depend on it.
pub fn of_seeds<R: Send>(seeds: &[u64], f: impl Fn(u64) -> R + Sync) -> Vec<R> {
    std::thread::scope(|scope| {
        let f = &f;
        let threads: Vec<_> =
            seeds.iter().map(|seed| scope.spawn(move || f(*seed))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    })
}

/// The same of every draw.
pub fn column<T, U>(rows: &[T], of: impl Fn(&T) -> U) -> Vec<U> {
    rows.iter().map(of).collect()
}
