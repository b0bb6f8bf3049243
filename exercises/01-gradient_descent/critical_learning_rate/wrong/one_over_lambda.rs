//! Returns the rate that lands on the minimum in one step.
//!
//! rejected by: a single number
//! says: divergence begins at 2/λ

use gradus::gradient_descent::{dot, norm};

pub fn critical_learning_rate(hessian: &[Vec<f64>]) -> f64 {
    let mut v: Vec<f64> = (0..hessian.len()).map(|j| 1.0 / (j as f64 + 1.37)).collect();
    let mut lambda = 0.0;
    for _ in 0..5000 {
        let length = norm(&v);
        let unit: Vec<f64> = v.iter().map(|x| x / length).collect();
        v = hessian.iter().map(|row| dot(row, &unit)).collect();
        lambda = dot(&unit, &v);
    }
    1.0 / lambda
}
