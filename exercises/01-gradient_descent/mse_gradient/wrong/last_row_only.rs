//! Overwrites where it should add up.
//!
//! rejected by: the example of the statement
//! says: only the last row counts

use gradus::gradient_descent::dot;

pub fn mse_gradient(weights: &[f64], inputs: &[Vec<f64>], targets: &[f64]) -> Vec<f64> {
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let error = dot(weights, x) - y;
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g = 2.0 * error * x_j / inputs.len() as f64;
        }
    }
    gradient
}
