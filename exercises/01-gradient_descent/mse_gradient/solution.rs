//! The solution of `mse_gradient`.

use gradus::gradient_descent::dot;

/// The gradient of the mean squared error: one number for each weight. `dot(weights, x)`
/// is the prediction.
pub fn mse_gradient(weights: &[f64], inputs: &[Vec<f64>], targets: &[f64]) -> Vec<f64> {
    // gradus: solution
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let error = dot(weights, x) - y;
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += 2.0 * error * x_j / inputs.len() as f64;
        }
    }
    gradient
    // gradus: skeleton
    // todo!("return the mean of 2 · error · x over the rows")
    // gradus: end
}
