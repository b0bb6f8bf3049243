//! Keeps the probability away from 0 and 1, as the logarithm of a loss would need it.
//!
//! rejected by: a sure and right answer is left alone
//! says: is the logit or the probability cut off

use gradus::gradient_descent::{dot, sigmoid};

pub fn logistic_gradient(
    weights: &[f64],
    inputs: &[Vec<f64>],
    targets: &[f64],
) -> Vec<f64> {
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let probability = sigmoid(dot(weights, x)).clamp(1e-10, 1.0 - 1e-10);
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += (probability - y) * x_j / inputs.len() as f64;
        }
    }
    gradient
}
