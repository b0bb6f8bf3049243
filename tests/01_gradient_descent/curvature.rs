//! How long a step may be.

use crate::support::*;
use gradus::gradient_descent::*;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linalg::traits::evd::EVDDecomposable;

#[test]
fn a_quadratic_converges_just_below_the_critical_rate_and_diverges_just_above() {
    for seed in 0..5 {
        let (inputs, targets, start) = problem(30, 6, seed);
        let critical = critical_learning_rate(&mean_squared_error_hessian(&inputs));
        let objective = |w: &[f64]| {
            (
                mean_squared_error(w, &inputs, &targets),
                mean_squared_error_gradient(w, &inputs, &targets),
            )
        };
        let end = |factor: f64| {
            let descent =
                descend(start.clone(), factor * critical, &Rule::budget(3000), objective);
            norm(&mean_squared_error_gradient(&descent.weights, &inputs, &targets))
        };
        assert!(end(0.99) < 1e-9, "seed {seed}: {}", end(0.99));
        assert!(end(1.01) > 1e9, "seed {seed}: {}", end(1.01));
    }
}

#[test]
fn the_hessian_is_the_derivative_of_the_gradient() {
    let (inputs, targets, weights) = problem(12, 5, 6);
    let hessian = mean_squared_error_hessian(&inputs);
    for (k, row) in hessian.iter().enumerate() {
        let gradient_k = |w: &[f64]| mean_squared_error_gradient(w, &inputs, &targets)[k];
        assert_close(row, &finite_differences(gradient_k, &weights), 1e-7);
    }
}

#[test]
fn power_iteration_agrees_with_an_independent_eigenvalue_solver() {
    for seed in 0..20 {
        let (inputs, _, _) = problem(15, 1 + seed as usize % 8, seed);
        let hessian = mean_squared_error_hessian(&inputs);
        let values = DenseMatrix::from_2d_vec(&hessian).unwrap().evd(true).unwrap().d;
        let largest = values.into_iter().fold(0.0, f64::max);
        assert_close(&[largest_eigenvalue(&hessian)], &[largest], 1e-9);
    }
    // The eigenvector of 3 is at a right angle to a vector of ones.
    assert_close(
        &[largest_eigenvalue(&[vec![2.0, -1.0], vec![-1.0, 2.0]])],
        &[3.0],
        1e-9,
    );
    assert_eq!(critical_learning_rate(&[vec![0.0]]), f64::INFINITY);
    // The largest two are close: the estimate must not stop half way between them.
    let close = [vec![1.0, 0.0, 0.0], vec![0.0, 1.0 - 1e-3, 0.0], vec![0.0, 0.0, 0.5]];
    assert_close(&[largest_eigenvalue(&close)], &[1.0], 1e-12);
}

#[test]
fn at_the_best_rate_both_ends_of_the_spectrum_shrink_alike() {
    // H = diag(10, 1): 2/11 multiplies both by ±9/11, and 0.1 and 0.19 are slower.
    let after = |rate: f64| {
        let mut w = vec![1.0, 1.0];
        for _ in 0..25 {
            let gradient = [10.0 * w[0], w[1]];
            step(&mut w, &gradient, rate);
        }
        w
    };
    let shrunk = (9.0f64 / 11.0).powi(25);
    assert_close(&after(2.0 / 11.0), &[-shrunk, shrunk], 1e-12);
    assert!(norm(&after(0.1)) > 5.0 * norm(&after(2.0 / 11.0)));
    assert!(norm(&after(0.19)) > 5.0 * norm(&after(2.0 / 11.0)));
}

#[test]
fn along_a_flat_direction_the_walk_does_not_move_and_still_converges() {
    // The third feature is the sum of the others: H has an eigenvalue 0.
    let (rows, targets, _) = problem(20, 2, 12);
    let rows: Vec<_> = rows.iter().map(|x| vec![x[0], x[1], x[0] + x[1]]).collect();
    let rate = 0.9 * critical_learning_rate(&mean_squared_error_hessian(&rows));
    let start = vec![1.0, 2.0, 3.0];
    let descent = descend(start.clone(), rate, &Rule::budget(5000), |w| {
        let gradient = mean_squared_error_gradient(w, &rows, &targets);
        (mean_squared_error(w, &rows, &targets), gradient)
    });
    let flat = [1.0, 1.0, -1.0];
    assert_close(&[dot(&flat, &descent.weights)], &[dot(&flat, &start)], 1e-9);
    let gradient = mean_squared_error_gradient(&descent.weights, &rows, &targets);
    assert!(norm(&gradient) < 1e-9);
}
