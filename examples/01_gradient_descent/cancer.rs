//! Logistic regression on breast cancer: the accuracy on rows that were not trained on,
//! beside an independent solver of the same objective, and with a leak.

use crate::independent;
use crate::problem::{logistic, logistic_rate, prepared};
use crate::support::Table;
use gradus::gradient_descent::*;
use gradus::random::{generator, normal};
use gradus::report::{Run, scientific};
use smartcore::dataset::breast_cancer;

/// The strength of the penalty.
const STRENGTH: f64 = 0.01;

pub fn classify(run: &mut Run) {
    let mut accuracies = [vec![], vec![], vec![], vec![], vec![]];
    let (mut gap, mut tested, mut changed, mut gained) = (0f64, 0, 0, vec![]);
    for seed in run.seeds().to_vec() {
        let data = Table::new(breast_cancer::load_dataset());
        let mut random = generator(seed);
        let (train, test) = prepared(&data, &mut random);
        let random: Vec<f64> =
            train.inputs[0].iter().map(|_| normal(&mut random)).collect();
        let (descended, solved) = (fit(&train), independent::logistic(&train, STRENGTH));
        let loss = |weights: &[f64]| logistic(weights, &train, STRENGTH).0;
        gap = gap.max((loss(&descended) - loss(&solved)).abs());

        // The scale of all rows, and then the same draw of the training rows.
        let scaled = Standardiser::fit(&data.inputs).apply(&data.inputs);
        let all = Table { inputs: with_bias(&scaled), targets: data.targets.clone() };
        let (leaky_train, leaky_test) = all.split(0.8, &mut generator(seed));
        let leaky = fit(&leaky_train);
        let before = predictions(&descended, &test);
        let after = predictions(&leaky, &leaky_test);
        tested += before.len();
        changed += before.iter().zip(&after).filter(|(a, b)| a != b).count();
        let of_test = |weights: &[f64], test| logistic(weights, test, 0.0).0;
        gained.push(of_test(&descended, &test) - of_test(&leaky, &leaky_test));

        let models = [
            (majority(&train), &test),
            (random, &test),
            (descended, &test),
            (solved, &test),
            (leaky, &leaky_test),
        ];
        for (accuracies, (weights, test)) in accuracies.iter_mut().zip(models) {
            accuracies.push(accuracy(&weights, test));
        }
    }
    let names = [
        ("majority", "the more frequent class"),
        ("random", "random weights"),
        ("descent", "gradient descent"),
        ("solved", "L-BFGS (smartcore), same loss"),
    ];
    let rows = names.iter().zip(&accuracies).map(|((key, name), accuracies)| {
        vec![name.to_string(), run.measured(&format!("cancer.{key}"), accuracies, 1)]
    });
    let rows: Vec<_> = rows.collect();
    run.measured("cancer.leaky", &accuracies[4], 1);
    run.number_as("cancer.gap", gap, &scientific(gap));
    run.number("cancer.tested", tested as f64, 0);
    run.number("cancer.leak.changed", changed as f64, 0);
    run.measured("cancer.leak.gained", &gained, 4);
    let pairs = || accuracies[2].iter().zip(&accuracies[4]);
    run.number("cancer.leak.draws", pairs().filter(|(a, b)| a != b).count() as f64, 0);
    let caption = "Breast cancer: accuracy on the test rows, in per cent";
    run.table("cancer", caption, &["prediction by", "accuracy"], &rows);
}

fn fit(train: &Table) -> Vec<f64> {
    let rule = Rule { gradient_norm: 1e-6, ..Rule::budget(20_000) };
    let start = vec![0.0; train.inputs[0].len()];
    let descent =
        descend(start, logistic_rate(train), &rule, |w| logistic(w, train, STRENGTH));
    assert_eq!(descent.stop, Stop::Gradient, "the descent must arrive");
    descent.weights
}

/// Weights that give every row the label that most training rows have.
fn majority(train: &Table) -> Vec<f64> {
    let ones = train.targets.iter().sum::<f64>() / train.targets.len() as f64;
    let slopes = vec![0.0; train.inputs[0].len() - 1];
    slopes.into_iter().chain([if ones > 0.5 { 1.0 } else { -1.0 }]).collect()
}

/// Which side of even odds each row is on.
fn predictions(weights: &[f64], test: &Table) -> Vec<bool> {
    test.inputs.iter().map(|x| dot(weights, x) > 0.0).collect()
}

/// The share of right predictions, in per cent.
fn accuracy(weights: &[f64], test: &Table) -> f64 {
    let predictions = predictions(weights, test);
    let right =
        predictions.iter().zip(&test.targets).filter(|(p, y)| **p == (**y == 1.0));
    100.0 * right.count() as f64 / test.targets.len() as f64
}
