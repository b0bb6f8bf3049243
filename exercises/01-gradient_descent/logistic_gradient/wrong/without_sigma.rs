//! Subtracts the label from the logit, as linear regression does.
//!
//! rejected by: one row at even odds
//! says: does the prediction go through σ

use gradus::gradient_descent::{dot, sigmoid};

pub fn logistic_gradient(
    weights: &[f64],
    inputs: &[Vec<f64>],
    targets: &[f64],
) -> Vec<f64> {
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let error = dot(weights, x) - y;
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += error * x_j / inputs.len() as f64;
        }
    }
    gradient
}
