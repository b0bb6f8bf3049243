//! Losses and their gradients.

use crate::support::*;
use gradus::gradient_descent::*;
use gradus::random::{generator, uniform};

#[test]
fn the_gradient_of_the_squared_error_agrees_with_finite_differences() {
    for (n, d, seed) in [(1, 1, 1), (1, 4, 2), (7, 3, 3), (50, 10, 4)] {
        let (inputs, targets, weights) = problem(n, d, seed);
        let gradient = mean_squared_error_gradient(&weights, &inputs, &targets);
        let loss = |w: &[f64]| mean_squared_error(w, &inputs, &targets);
        assert_close(&gradient, &finite_differences(loss, &weights), 1e-7);
    }
}

#[test]
fn the_gradient_of_the_cross_entropy_agrees_with_finite_differences() {
    for (n, d, seed) in [(1, 1, 1), (1, 4, 2), (7, 3, 3), (50, 10, 4)] {
        let (inputs, targets, weights) = problem(n, d, seed);
        let labels = labels(&targets);
        let gradient = logistic_gradient(&weights, &inputs, &labels);
        let loss = |w: &[f64]| logistic_loss(w, &inputs, &labels);
        assert_close(&gradient, &finite_differences(loss, &weights), 1e-7);
    }
}

#[test]
fn the_gradient_of_the_penalty_agrees_with_finite_differences() {
    let (_, _, weights) = problem(1, 5, 2);
    let (_, gradient) = l2_penalty(&weights, 0.3);
    let penalty = |w: &[f64]| l2_penalty(w, 0.3).0;
    assert_close(&gradient, &finite_differences(penalty, &weights), 1e-7);
}

#[test]
fn losses_are_means_so_repeating_every_row_changes_nothing() {
    let (inputs, targets, weights) = problem(9, 4, 5);
    let twice = |rows: &[Vec<f64>]| [rows, rows].concat();
    let (inputs2, targets2) =
        (twice(&inputs), [targets.clone(), targets.clone()].concat());
    let one = mean_squared_error(&weights, &inputs, &targets);
    assert_close(&[mean_squared_error(&weights, &inputs2, &targets2)], &[one], 1e-14);
    let gradient = mean_squared_error_gradient(&weights, &inputs, &targets);
    assert_close(
        &mean_squared_error_gradient(&weights, &inputs2, &targets2),
        &gradient,
        1e-14,
    );
    let (labels1, labels2) = (labels(&targets), labels(&targets2));
    let gradient = logistic_gradient(&weights, &inputs, &labels1);
    assert_close(&logistic_gradient(&weights, &inputs2, &labels2), &gradient, 1e-14);
    let loss = logistic_loss(&weights, &inputs, &labels1);
    assert_close(&[logistic_loss(&weights, &inputs2, &labels2)], &[loss], 1e-14);
}

#[test]
fn cross_entropy_equals_its_definition_where_that_can_be_computed() {
    let mut random = generator(7);
    for _ in 0..1000 {
        let (z, y) = (20.0 * uniform(&mut random) - 10.0, uniform(&mut random));
        let p = 1.0 / (1.0 + (-z).exp());
        let definition = -y * p.ln() - (1.0 - y) * (1.0 - p).ln();
        assert_close(&[binary_cross_entropy(z, y)], &[definition], 1e-9);
        assert_close(&[sigmoid(z)], &[p], 1e-15);
    }
}

#[test]
fn cross_entropy_is_right_for_huge_logits_and_tiny_losses() {
    for z in [50.0, 1e3, 1e300] {
        assert_eq!(binary_cross_entropy(z, 0.0), z);
        assert_eq!(binary_cross_entropy(-z, 1.0), z);
        assert!(binary_cross_entropy(z, 1.0) < 1e-21);
    }
    for z in [30.0, 40.0, 500.0] {
        let ratio = binary_cross_entropy(z, 1.0) / f64::exp(-z);
        assert!((ratio - 1.0).abs() < 1e-12, "{ratio}");
        assert_eq!(binary_cross_entropy(z, 1.0), binary_cross_entropy(-z, 0.0));
    }
}

#[test]
fn the_sigmoid_is_symmetric_and_never_overflows() {
    for z in [0.0, 0.3, 5.0, 40.0, 800.0, f64::INFINITY] {
        assert!((sigmoid(z) + sigmoid(-z) - 1.0).abs() < 1e-15, "{z}");
    }
    assert!(sigmoid(-700.0) > 0.0);
    assert!(sigmoid(f64::NAN).is_nan());
}

#[test]
fn the_bias_has_no_price() {
    assert_eq!(l2_penalty(&[1.0, 2.0, 1e9], 1.0), (2.5, vec![1.0, 2.0, 0.0]));
    assert_eq!(l2_penalty(&[], 1.0), (0.0, vec![]));
}
