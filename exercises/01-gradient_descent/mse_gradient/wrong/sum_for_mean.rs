//! Sums over the rows and never divides by their number.
//!
//! rejected by: the example of the statement
//! says: did you sum over the 2 rows instead of averaging

use gradus::gradient_descent::dot;

pub fn mse_gradient(weights: &[f64], inputs: &[Vec<f64>], targets: &[f64]) -> Vec<f64> {
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let error = dot(weights, x) - y;
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += 2.0 * error * x_j;
        }
    }
    gradient
}
