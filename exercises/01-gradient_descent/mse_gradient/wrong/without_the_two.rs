//! Forgets the factor 2 of the square's derivative.
//!
//! rejected by: one row, by hand
//! says: the derivative of a square brings a factor 2

use gradus::gradient_descent::dot;

pub fn mse_gradient(weights: &[f64], inputs: &[Vec<f64>], targets: &[f64]) -> Vec<f64> {
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let error = dot(weights, x) - y;
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += error * x_j / inputs.len() as f64;
        }
    }
    gradient
}
