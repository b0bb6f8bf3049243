//! Begins the power iteration with a vector of ones.
//!
//! rejected by: a direction that a vector of ones misses
//! says: at a right angle

use gradus::gradient_descent::{dot, norm};

pub fn critical_learning_rate(hessian: &[Vec<f64>]) -> f64 {
    let mut v: Vec<f64> = vec![1.0; hessian.len()];
    let mut lambda = 0.0;
    for _ in 0..5000 {
        let length = norm(&v);
        let unit: Vec<f64> = v.iter().map(|x| x / length).collect();
        v = hessian.iter().map(|row| dot(row, &unit)).collect();
        lambda = dot(&unit, &v);
    }
    2.0 / lambda
}
