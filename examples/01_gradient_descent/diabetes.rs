//! Linear regression on diabetes: the error on rows that were not trained on, beside the
//! direct solution.

use crate::independent::{eigenvalues, least_squares};
use crate::problem::{constant, diabetes, prepared, squared};
use gradus::gradient_descent::*;
use gradus::random::{generator, normal};
use gradus::report::{Run, scientific};

// ANCHOR: diabetes
pub fn predict(run: &mut Run) {
    let mut errors = [vec![], vec![], vec![], vec![]];
    let mut targets = Vec::new();
    let (mut explained, mut gap, mut bound) = (Vec::new(), 0f64, 0f64);
    for seed in run.seeds().to_vec() {
        let mut random = generator(seed);
        let (train, test) = prepared(&diabetes(), &mut random);
        let constant = constant(&train);
        targets.push(constant[constant.len() - 1]);
        let random: Vec<f64> = constant.iter().map(|_| normal(&mut random)).collect();
        let hessian = mean_squared_error_hessian(&train.inputs);
        let rate = 0.9 * critical_learning_rate(&hessian);
        let rule = Rule { gradient_norm: 1e-8, ..Rule::budget(100_000) };
        let descent = descend(constant.clone(), rate, &rule, |w| squared(w, &train));
        assert_eq!(descent.stop, Stop::Gradient, "the descent must arrive");
        let (descended, solved) = (descent.weights, least_squares(&train));
        let of_test = |weights: &[f64]| squared(weights, &test).0;
        for (errors, weights) in
            errors.iter_mut().zip([&constant, &random, &descended, &solved])
        {
            errors.push(of_test(weights).sqrt());
        }
        explained.push(100.0 * (1.0 - of_test(&descended) / of_test(&constant)));
        let gaps = descended.iter().zip(&solved).map(|(a, b)| (a - b).abs());
        gap = gaps.fold(gap, f64::max);
        let values = eigenvalues(&hessian);
        bound = bound.max(rule.gradient_norm / values[values.len() - 1]);
    }
    // ANCHOR_END: diabetes
    let names = [
        ("mean", "the mean of the training targets"),
        ("random", "random weights"),
        ("descent", "gradient descent"),
        ("solved", "least squares, solved directly"),
    ];
    let rows = names.iter().zip(&errors).map(|((key, name), errors)| {
        vec![name.to_string(), run.measured(&format!("diabetes.{key}"), errors, 1)]
    });
    let rows: Vec<_> = rows.collect();
    run.measured("diabetes.target", &targets, 0);
    run.measured("diabetes.explained", &explained, 0);
    run.number_as("diabetes.gap", gap, &scientific(gap));
    run.number_as("diabetes.bound", bound, &scientific(bound));
    let caption = "Diabetes: root mean squared error on the test rows";
    run.table("diabetes", caption, &["prediction by", "error"], &rows);
}
