//! Walks: by hand, on separable classes, and when they end.

use crate::support::*;
use gradus::gradient_descent::*;
use gradus::random::{Generator, generator, normal};

#[test]
fn the_numbers_worked_by_hand_in_the_chapter() {
    let (inputs, targets) = ([vec![2.0]], [6.0]);
    let walk = |rate: f64| {
        let mut w = vec![0.0];
        let mut path = Vec::new();
        for _ in 0..3 {
            let gradient = mean_squared_error_gradient(&w, &inputs, &targets);
            step(&mut w, &gradient, rate);
            path.push(w[0]);
        }
        path
    };
    assert_eq!(mean_squared_error(&[0.0], &inputs, &targets), 36.0);
    assert_eq!(mean_squared_error_gradient(&[0.0], &inputs, &targets), [-24.0]);
    assert_close(&[mean_squared_error(&[2.4], &inputs, &targets)], &[1.44], 1e-12);
    assert_close(&walk(0.1), &[2.4, 2.88, 2.976], 1e-12);
    assert_close(&walk(0.3), &[7.2, -2.88, 11.232], 1e-12);
    assert_close(&walk(0.125), &[3.0, 3.0, 3.0], 1e-12);
    assert_close(&walk(0.25), &[6.0, 0.0, 6.0], 1e-12);
    assert_eq!(mean_squared_error_hessian(&inputs), [[8.0]]);
    assert_eq!(critical_learning_rate(&[vec![8.0]]), 0.25);
}

#[test]
fn a_descent_with_a_short_step_never_rises() {
    let (inputs, targets, start) = problem(20, 4, 11);
    let rate = 0.5 * critical_learning_rate(&mean_squared_error_hessian(&inputs));
    let descent = descend(start, rate, &Rule::budget(500), |w| {
        (
            mean_squared_error(w, &inputs, &targets),
            mean_squared_error_gradient(w, &inputs, &targets),
        )
    });
    assert!(descent.losses.windows(2).all(|pair| pair[1] <= pair[0] * (1.0 + 1e-12)));
    assert_eq!((descent.steps(), descent.stop), (500, Stop::Budget));
}

fn two_clouds(gap: f64, random: &mut Generator) -> (Vec<Vec<f64>>, Vec<f64>) {
    let targets: Vec<f64> = (0..40).map(|row| f64::from(row % 2)).collect();
    let row = |y: &f64| vec![gap * (2.0 * y - 1.0) + normal(random), normal(random)];
    let rows: Vec<_> = targets.iter().map(row).collect();
    (with_bias(&rows), targets)
}

/// The length of the weights after each of these numbers of steps.
fn lengths(gap: f64, strength: f64, steps: [usize; 3]) -> [f64; 3] {
    let (inputs, targets) = two_clouds(gap, &mut generator(10));
    steps.map(|budget| {
        let descent = descend(vec![0.0; 3], 0.1, &Rule::budget(budget), |w| {
            let (price, slopes) = l2_penalty(w, strength);
            let gradient = logistic_gradient(w, &inputs, &targets);
            let gradient = gradient.iter().zip(&slopes).map(|(g, s)| g + s).collect();
            (logistic_loss(w, &inputs, &targets) + price, gradient)
        });
        norm(&descent.weights[..2])
    })
}

#[test]
fn on_separable_classes_the_weights_grow_without_bound_unless_they_have_a_price() {
    let [a, b, c] = lengths(4.0, 0.0, [300, 3000, 30_000]);
    assert!(b - a > 0.5 && c - b > 0.5, "{a} {b} {c}");
    let [_, b, c] = lengths(4.0, 0.01, [300, 3000, 30_000]);
    assert!((c - b).abs() < 1e-3, "{b} {c}");
    let [_, b, c] = lengths(0.5, 0.0, [300, 3000, 30_000]);
    assert!((c - b).abs() < 1e-3, "classes that overlap have a finite best fit: {b} {c}");
}

fn parabola(w: &[f64]) -> (f64, Vec<f64>) {
    (w[0] * w[0], vec![2.0 * w[0]])
}

#[test]
fn every_reason_to_stop_stops_a_descent() {
    let rule = Rule { gradient_norm: 1e-3, patience: 5, improvement: 1e-9, budget: 1000 };
    let stop = |rate: f64, rule: &Rule| descend(vec![1.0], rate, rule, parabola).stop;
    assert_eq!(stop(0.1, &rule), Stop::Gradient);
    assert_eq!(stop(1e-12, &rule), Stop::Plateau);
    assert_eq!(stop(0.1, &Rule { budget: 3, ..rule }), Stop::Budget);
    assert_eq!(stop(10.0, &Rule { patience: 0, ..rule }), Stop::Diverged);
    let exact = descend(vec![1.0], 0.5, &Rule { gradient_norm: 0.0, ..rule }, parabola);
    assert_eq!((exact.steps(), exact.stop), (1, Stop::Gradient));
}

#[test]
fn a_plateau_compares_best_with_best() {
    let rule = Rule { gradient_norm: -1.0, patience: 3, improvement: 0.1, budget: 100 };
    assert_eq!(should_stop(&[9.0, 7.0, 5.0, 5.5], 1.0, &rule), None);
    assert_eq!(should_stop(&[9.0, 6.0, 8.0, 5.0, 6.5], 1.0, &rule), None);
    assert_eq!(
        should_stop(&[9.0, 5.0, 4.95, 4.97, 4.96], 1.0, &rule),
        Some(Stop::Plateau)
    );
}

#[test]
fn numbers_that_are_not_finite_end_a_descent_at_once() {
    let (inputs, weights) = ([vec![1.0]], vec![0.0]);
    for bad in [f64::NAN, f64::INFINITY] {
        let descent = descend(weights.clone(), 0.1, &Rule::budget(100), |w| {
            (
                mean_squared_error(w, &inputs, &[bad]),
                mean_squared_error_gradient(w, &inputs, &[bad]),
            )
        });
        assert_eq!((descent.steps(), descent.stop), (0, Stop::Diverged));
        assert_eq!(descent.weights, weights, "the last good weights are kept");
    }
}

#[test]
fn a_learning_rate_that_cannot_descend_is_refused() {
    for rate in [0.0, -0.1, f64::NAN, f64::INFINITY] {
        let descend = || descend(vec![1.0], rate, &Rule::budget(1), parabola);
        let panic = std::panic::catch_unwind(descend).expect_err("it must be refused");
        let message = panic.downcast_ref::<String>().unwrap();
        assert!(message.contains("must be a positive, finite number"), "{message}");
    }
}
