//! The two regressions on real rows, as the other files descend on them.

use crate::support::Table;
use gradus::gradient_descent::*;
use gradus::random::Generator;
use smartcore::dataset::diabetes;

/// Four fifths of the rows for training, standardised by their own statistics, with a
/// bias; and the test rows, scaled alike.
pub fn prepared(data: &Table, random: &mut Generator) -> (Table, Table) {
    let (mut train, mut test) = data.split(0.8, random);
    let standardiser = Standardiser::fit(&train.inputs);
    for table in [&mut train, &mut test] {
        table.inputs = with_bias(&standardiser.apply(&table.inputs));
    }
    (train, test)
}

/// The 442 rows about diabetes.
pub fn diabetes() -> Table {
    Table::new(diabetes::load_dataset())
}

/// The weights that predict the mean of the targets for every row: where a descent on
/// diabetes begins.
pub fn constant(train: &Table) -> Vec<f64> {
    let mean = train.targets.iter().sum::<f64>() / train.targets.len() as f64;
    let slopes = vec![0.0; train.inputs[0].len() - 1];
    slopes.into_iter().chain([mean]).collect()
}

/// The mean squared error and its gradient.
pub fn squared(weights: &[f64], data: &Table) -> (f64, Vec<f64>) {
    let loss = mean_squared_error(weights, &data.inputs, &data.targets);
    (loss, mean_squared_error_gradient(weights, &data.inputs, &data.targets))
}

/// The mean cross-entropy with a penalty, and its gradient.
pub fn logistic(weights: &[f64], data: &Table, strength: f64) -> (f64, Vec<f64>) {
    let (price, slopes) = l2_penalty(weights, strength);
    let gradient = logistic_gradient(weights, &data.inputs, &data.targets);
    let gradient = gradient.iter().zip(&slopes).map(|(g, s)| g + s).collect();
    (logistic_loss(weights, &data.inputs, &data.targets) + price, gradient)
}

/// Half of the learning rate that is safe for the cross-entropy everywhere. It curves at
/// most 1/8 as much as the squared error: the slope of σ is at most 1/4, and there is no
/// factor 2.
pub fn logistic_rate(train: &Table) -> f64 {
    0.5 * 8.0 * critical_learning_rate(&mean_squared_error_hessian(&train.inputs))
}

/// 1, 2, … spaced so that a logarithmic axis shows them evenly, up to `last`.
pub fn geometric(last: usize) -> impl Iterator<Item = usize> {
    let at = |k: u32| (last as f64).powf(f64::from(k) / 120.0).round() as usize;
    let mut steps: Vec<usize> = (0..=120).map(at).collect();
    steps.dedup();
    steps.into_iter()
}
