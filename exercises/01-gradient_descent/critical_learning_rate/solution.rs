//! The solution of `critical_learning_rate`.

use gradus::gradient_descent::{dot, norm};

/// 2/λ for the largest eigenvalue λ of a symmetric matrix. `dot(a, b)` and `norm(a)` are
/// at hand.
pub fn critical_learning_rate(hessian: &[Vec<f64>]) -> f64 {
    // gradus: solution
    let mut v: Vec<f64> =
        (0..hessian.len()).map(|j| 1.0 + (1.7 * j as f64).sin() / 3.0).collect();
    let mut lambda = 0.0;
    for _ in 0..5000 {
        let length = norm(&v);
        let unit: Vec<f64> = v.iter().map(|x| x / length).collect();
        v = hessian.iter().map(|row| dot(row, &unit)).collect();
        lambda = dot(&unit, &v);
    }
    2.0 / lambda
    // gradus: skeleton
    // todo!("find the largest eigenvalue λ by power iteration and return 2/λ")
    // gradus: end
}
