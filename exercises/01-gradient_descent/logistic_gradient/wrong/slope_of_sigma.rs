//! Multiplies by the slope of σ, as for a squared error.
//!
//! rejected by: one row at even odds
//! says: did you multiply by the slope of σ

use gradus::gradient_descent::{dot, sigmoid};

pub fn logistic_gradient(
    weights: &[f64],
    inputs: &[Vec<f64>],
    targets: &[f64],
) -> Vec<f64> {
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let error = (sigmoid(dot(weights, x)) - y)
            * sigmoid(dot(weights, x))
            * (1.0 - sigmoid(dot(weights, x)));
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += error * x_j / inputs.len() as f64;
        }
    }
    gradient
}
