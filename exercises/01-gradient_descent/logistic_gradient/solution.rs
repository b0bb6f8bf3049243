//! The solution of `logistic_gradient`.

use gradus::gradient_descent::{dot, sigmoid};

/// The gradient of the mean cross-entropy. `sigmoid(dot(weights, x))` is the probability
/// of label 1.
pub fn logistic_gradient(
    weights: &[f64],
    inputs: &[Vec<f64>],
    targets: &[f64],
) -> Vec<f64> {
    // gradus: solution
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let error = sigmoid(dot(weights, x)) - y;
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += error * x_j / inputs.len() as f64;
        }
    }
    gradient
    // gradus: skeleton
    // todo!("return the mean of (σ(w · x) − y) · x over the rows")
    // gradus: end
}
