//! Stops the power iteration after fifty rounds.
//!
//! rejected by: two eigenvalues that are close
//! says: go on for more rounds

use gradus::gradient_descent::{dot, norm};

pub fn critical_learning_rate(hessian: &[Vec<f64>]) -> f64 {
    let mut v: Vec<f64> = (0..hessian.len()).map(|j| 1.0 / (j as f64 + 1.37)).collect();
    let mut lambda = 0.0;
    for _ in 0..50 {
        let length = norm(&v);
        let unit: Vec<f64> = v.iter().map(|x| x / length).collect();
        v = hessian.iter().map(|row| dot(row, &unit)).collect();
        lambda = dot(&unit, &v);
    }
    2.0 / lambda
}
