//! Chapter 1: what a correct implementation of its ideas must hold.

use gradus::gradient_descent::*;
use gradus::random::{Generator, generator, normal, uniform};
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linalg::traits::evd::EVDDecomposable;

/// Random rows, targets and weights of the given sizes.
fn problem(n: usize, d: usize, seed: u64) -> (Vec<Vec<f64>>, Vec<f64>, Vec<f64>) {
    let mut random = generator(seed);
    let mut row =
        |length: usize| (0..length).map(|_| normal(&mut random)).collect::<Vec<f64>>();
    let inputs = (0..n).map(|_| row(d)).collect();
    (inputs, row(n), row(d))
}

fn labels(targets: &[f64]) -> Vec<f64> {
    targets.iter().map(|y| f64::from(*y > 0.0)).collect()
}

#[track_caller]
fn assert_close(got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len());
    for (j, (got, expected)) in got.iter().zip(expected).enumerate() {
        let bound = tolerance * expected.abs().max(1.0);
        assert!(
            (got - expected).abs() <= bound,
            "number {j}: got {got}, expected {expected}"
        );
    }
}

// ANCHOR: finite_differences
/// The gradient of `loss` at `weights`, by central differences.
fn finite_differences(loss: impl Fn(&[f64]) -> f64, weights: &[f64]) -> Vec<f64> {
    let h = 1e-5;
    let derivative = |j: usize| {
        let at = |w_j: f64| {
            let mut weights = weights.to_vec();
            weights[j] = w_j;
            loss(&weights)
        };
        (at(weights[j] + h) - at(weights[j] - h)) / (2.0 * h)
    };
    (0..weights.len()).map(derivative).collect()
}
// ANCHOR_END: finite_differences

// ANCHOR: checked
#[test]
fn the_gradient_of_the_squared_error_agrees_with_finite_differences() {
    for (n, d, seed) in [(1, 1, 1), (1, 4, 2), (7, 3, 3), (50, 10, 4)] {
        let (inputs, targets, weights) = problem(n, d, seed);
        let gradient = mean_squared_error_gradient(&weights, &inputs, &targets);
        let loss = |w: &[f64]| mean_squared_error(w, &inputs, &targets);
        assert_close(&gradient, &finite_differences(loss, &weights), 1e-7);
    }
}
// ANCHOR_END: checked

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
fn standardised_training_rows_have_mean_0_and_deviation_1() {
    let (mut rows, _, _) = problem(100, 3, 8);
    rows.iter_mut().for_each(|row| row[1] = 1e4 + 1e-3 * row[1]);
    let scaled = Standardiser::fit(&rows).apply(&rows);
    for j in 0..3 {
        let mean = scaled.iter().map(|row| row[j]).sum::<f64>() / 100.0;
        let square = scaled.iter().map(|row| row[j] * row[j]).sum::<f64>() / 100.0;
        assert!(
            mean.abs() < 1e-6 && (square - 1.0).abs() < 1e-9,
            "feature {j}: {mean} {square}"
        );
    }
}

#[test]
fn a_constant_feature_is_shifted_and_not_divided_by_zero() {
    let fitted = Standardiser::fit(&[vec![2.0], vec![2.0]]);
    assert_eq!(fitted.apply(&[vec![2.0], vec![5.0]]), [[0.0], [3.0]]);
    // 0.1 + 0.1 + 0.1 is not 3 · 0.1 in binary.
    for (value, rows) in [(0.1, 3), (0.3, 354), (3.7, 455), (1e-200, 7)] {
        let fitted = Standardiser::fit(&vec![vec![value]; rows]);
        assert_eq!((fitted.mean[0], fitted.deviation[0]), (value, 1.0));
    }
}

#[test]
fn a_small_spread_far_from_zero_is_kept() {
    let fitted = Standardiser::fit(&[vec![1e9 - 2.0], vec![1e9 + 2.0]]);
    assert_eq!(fitted.apply(&[vec![1e9 - 2.0], vec![1e9]]), [[-1.0], [0.0]]);
}

#[test]
fn the_data_are_as_the_chapter_describes_them() {
    let diabetes = smartcore::dataset::diabetes::load_dataset();
    assert_eq!((diabetes.num_samples, diabetes.num_features), (442, 10));
    let cancer = smartcore::dataset::breast_cancer::load_dataset();
    assert_eq!((cancer.num_samples, cancer.num_features), (569, 30));
    let largest = |j: usize| {
        let column = cancer.data.iter().skip(j).step_by(30);
        column.copied().fold(f32::NEG_INFINITY, f32::max)
    };
    let largest: Vec<f32> = (0..30).map(largest).collect();
    assert!(largest.iter().any(|x| *x > 4000.0));
    assert!(largest.iter().any(|x| *x < 0.03));
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

#[test]
fn shifting_and_scaling_a_feature_beforehand_changes_nothing() {
    let (rows, _, _) = problem(40, 2, 9);
    let moved: Vec<Vec<f64>> =
        rows.iter().map(|row| vec![3.0 * row[0] - 7.0, 0.01 * row[1] + 2.0]).collect();
    let (a, b) = (Standardiser::fit(&rows[..30]), Standardiser::fit(&moved[..30]));
    assert_close(&a.apply(&rows).concat(), &b.apply(&moved).concat(), 1e-11);
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

#[test]
fn the_bias_has_no_price() {
    assert_eq!(l2_penalty(&[1.0, 2.0, 1e9], 1.0), (2.5, vec![1.0, 2.0, 0.0]));
    assert_eq!(l2_penalty(&[], 1.0), (0.0, vec![]));
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
#[should_panic(expected = "there are no examples")]
fn a_mean_over_no_examples_is_refused() {
    mean_squared_error(&[1.0], &[], &[]);
}

#[test]
#[should_panic(expected = "2 rows of inputs but 1 targets")]
fn a_missing_target_is_refused() {
    logistic_loss(&[1.0], &[vec![1.0], vec![2.0]], &[1.0]);
}

#[test]
#[should_panic(expected = "row 1 has 2 features but there are 1 weights")]
fn a_row_of_another_width_is_refused() {
    mean_squared_error_gradient(&[1.0], &[vec![1.0], vec![2.0, 3.0]], &[1.0, 1.0]);
}

#[test]
#[should_panic(expected = "dot: both sides must be equally long")]
fn vectors_of_different_length_have_no_dot_product() {
    dot(&[1.0, 2.0], &[1.0]);
}

#[test]
#[should_panic(expected = "2 weights but 1 numbers in the gradient")]
fn a_gradient_of_another_length_is_refused() {
    step(&mut [1.0, 2.0], &[1.0], 0.1);
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

#[test]
#[should_panic(expected = "fitted to 1 features")]
fn rows_of_another_width_are_not_standardised() {
    Standardiser::fit(&[vec![1.0]]).apply(&[vec![1.0, 2.0]]);
}

#[test]
#[should_panic(expected = "not square")]
fn a_matrix_that_is_not_square_has_no_eigenvalues() {
    largest_eigenvalue(&[vec![1.0, 2.0]]);
}
