//! How curved the loss is decides how long a step may be.

use super::{dot, norm};

// ANCHOR: hessian
/// H = 2/n Xᵀ X, the matrix of second derivatives of the mean squared error. It does not
/// depend on the weights: the loss is a quadratic.
///
/// # Panics
/// When there are no examples, or the rows differ in length.
#[track_caller]
pub fn mean_squared_error_hessian(inputs: &[Vec<f64>]) -> Vec<Vec<f64>> {
    assert!(!inputs.is_empty(), "mean_squared_error_hessian: there are no examples");
    let (n, d) = (inputs.len() as f64, inputs[0].len());
    let mut hessian = vec![vec![0.0; d]; d];
    for (row, x) in inputs.iter().enumerate() {
        assert!(
            x.len() == d,
            "mean_squared_error_hessian: row 0 has {d} features, row {row} has {}",
            x.len()
        );
        for (h, x_j) in hessian.iter_mut().zip(x) {
            for (h_jk, x_k) in h.iter_mut().zip(x) {
                *h_jk += 2.0 / n * x_j * x_k;
            }
        }
    }
    hessian
}
// ANCHOR_END: hessian

/// The largest eigenvalue of a symmetric matrix without negative ones, by power
/// iteration: multiplying a vector by the matrix again and again turns it towards the
/// direction that the matrix stretches most (Golub and Van Loan, section 8.2).
///
/// The result lies within 10⁻¹² λ of an eigenvalue, unless 100,000 rounds were not
/// enough: that happens when the largest two almost agree, and then it lies between them.
///
/// # Panics
/// When the matrix is empty or not square.
#[track_caller]
pub fn largest_eigenvalue(matrix: &[Vec<f64>]) -> f64 {
    let d = matrix.len();
    assert!(d > 0, "largest_eigenvalue: the matrix is empty");
    assert!(
        matrix.iter().all(|row| row.len() == d),
        "largest_eigenvalue: the matrix is not square"
    );
    // ANCHOR: largest_eigenvalue
    // An irregular start, so that it is hardly ever at a right angle to what is sought.
    let mut vector: Vec<f64> =
        (0..d).map(|j| 1.0 + (1.7 * j as f64).sin() / 3.0).collect();
    let mut eigenvalue = 0.0;
    for _ in 0..100_000 {
        let length = norm(&vector);
        let unit: Vec<f64> = vector.iter().map(|v| v / length).collect();
        vector = matrix.iter().map(|row| dot(row, &unit)).collect();
        eigenvalue = dot(&unit, &vector);
        // H v = λ v: what is left of the difference says how far it is from true.
        let rest = vector.iter().zip(&unit).map(|(hv, v)| hv - eigenvalue * v);
        if norm(&rest.collect::<Vec<_>>()) <= 1e-12 * eigenvalue {
            break;
        }
    }
    eigenvalue
    // ANCHOR_END: largest_eigenvalue
}

// ANCHOR: critical_learning_rate
/// 2/λmax: on a quadratic that has a minimum and this Hessian, gradient descent converges
/// from every start for every learning rate between 0 and this, and diverges from almost
/// every start for every larger one. Infinite where there is no curvature at all.
///
/// # Panics
/// When the matrix is empty or not square.
///
/// ```
/// use gradus::gradient_descent::critical_learning_rate;
/// assert_eq!(critical_learning_rate(&[vec![4.0]]), 0.5);
/// ```
#[track_caller]
pub fn critical_learning_rate(hessian: &[Vec<f64>]) -> f64 {
    2.0 / largest_eigenvalue(hessian)
}
// ANCHOR_END: critical_learning_rate
