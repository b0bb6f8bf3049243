//! Sums over the rows and never divides by their number.
//!
//! rejected by: two rows, by hand
//! says: did you sum over the 2 rows instead of averaging

use gradus::gradient_descent::{dot, sigmoid};

pub fn logistic_gradient(
    weights: &[f64],
    inputs: &[Vec<f64>],
    targets: &[f64],
) -> Vec<f64> {
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let error = sigmoid(dot(weights, x)) - y;
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += error * x_j;
        }
    }
    gradient
}
