//! How long a step may be.

use crate::support::*;
use gradus::gradient_descent::*;
use smartcore::linalg::basic::arrays::Array;
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

/// The eigenvectors of the page, and a step in both of its readings.
#[test]
fn the_two_directions_worked_by_hand_in_the_chapter() {
    let hessian = [vec![2.0, 1.0], vec![1.0, 2.0]];
    let times = |v: [f64; 2]| [dot(&hessian[0], &v), dot(&hessian[1], &v)];
    assert_eq!(times([1.0, 1.0]), [3.0, 3.0]);
    assert_eq!(times([1.0, -1.0]), [1.0, -1.0]);
    assert_eq!(dot(&[1.0, 1.0], &[1.0, -1.0]), 0.0);
    let mut delta = [2.0, 0.0];
    assert_eq!(times(delta), [4.0, 2.0]);
    step(&mut delta, &times([2.0, 0.0]), 0.5);
    assert_eq!(delta, [0.0, -1.0]);
    let parts =
        [[1.0, 1.0].map(|v| (1.0 - 1.5) * v), [1.0, -1.0].map(|v| (1.0 - 0.5) * v)];
    assert_eq!(delta, [parts[0][0] + parts[1][0], parts[0][1] + parts[1][1]]);
    assert_close(&[critical_learning_rate(&hessian)], &[2.0 / 3.0], 1e-12);
}

/// L(w − ηg) ≤ L(w) − η(1 − ηλ/2)‖g‖², where no curvature exceeds λ.
#[test]
fn a_step_lowers_the_loss_by_what_the_chapter_promises() {
    for seed in 0..5 {
        let (inputs, targets, start) = problem(20, 4, seed);
        let labels = labels(&targets);
        let largest = largest_eigenvalue(&mean_squared_error_hessian(&inputs)) / 8.0;
        let loss = |w: &[f64]| logistic_loss(w, &inputs, &labels);
        for factor in [0.1, 0.5, 1.0, 1.9, 2.0] {
            let (rate, mut w) = (factor / largest, start.clone());
            for _ in 0..50 {
                let gradient = logistic_gradient(&w, &inputs, &labels);
                let before = loss(&w);
                let fall = rate * (1.0 - factor / 2.0) * norm(&gradient).powi(2);
                step(&mut w, &gradient, rate);
                assert!(loss(&w) <= before - fall + 1e-14, "seed {seed}, {factor}");
            }
        }
    }
}

/// 2/(λmax + λmin) wins in the long run. On diabetes the run is so long that what is left
/// by then is far below the rounding of the loss.
#[test]
fn on_diabetes_the_best_rate_of_the_theory_never_pays() {
    let data = smartcore::dataset::diabetes::load_dataset();
    for left_out in 0..5 {
        let kept = |row: &usize| row % 5 != left_out;
        let features = |row: usize| &data.data[10 * row..10 * row + 10];
        let rows: Vec<Vec<f64>> = (0..442)
            .filter(kept)
            .map(|row| features(row).iter().map(|x| f64::from(*x)).collect())
            .collect();
        let rows = with_bias(&Standardiser::fit(&rows).apply(&rows));
        let targets: Vec<f64> =
            (0..442).filter(kept).map(|row| f64::from(data.target[row])).collect();
        let mean = targets.iter().sum::<f64>() / targets.len() as f64;
        let start: Vec<f64> = [vec![0.0; 10], vec![mean]].concat();

        // Along the eigenvector v the gradient is λ v · δ, and λ (v · δ)²/2 of the loss is
        // avoidable: each step multiplies it by (1 − ηλ)².
        let hessian = mean_squared_error_hessian(&rows);
        let gradient = mean_squared_error_gradient(&start, &rows, &targets);
        let evd = DenseMatrix::from_2d_vec(&hessian).unwrap().evd(true).unwrap();
        let part = |j: usize| {
            let v: Vec<f64> = (0..11).map(|i| *evd.V.get((i, j))).collect();
            (evd.d[j], dot(&v, &gradient).powi(2) / (2.0 * evd.d[j]))
        };
        let parts: Vec<(f64, f64)> = (0..11).map(part).collect();
        let left = |rate: f64, steps: i32| -> f64 {
            parts.iter().map(|(l, part)| part * (1.0 - rate * l).powi(2 * steps)).sum()
        };

        let largest = evd.d.iter().copied().fold(0.0, f64::max);
        let smallest = evd.d.iter().copied().fold(f64::INFINITY, f64::min);
        let (best, near) = (2.0 / (largest + smallest), 0.98 * 2.0 / largest);
        let wins = (1..100_000).find(|steps| left(best, *steps) < left(near, *steps));
        let wins = wins.expect("in the long run it is best");
        assert!(left(near, wins) < 1e-60 * left(near, 0), "after {wins} steps");
    }
}
