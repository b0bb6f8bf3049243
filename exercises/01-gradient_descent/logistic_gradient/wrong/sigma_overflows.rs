//! Writes σ as e^z / (1 + e^z), which is ∞/∞ for a large z.
//!
//! rejected by: a sure and right answer is left alone
//! says: e^z overflows

use gradus::gradient_descent::dot;

pub fn logistic_gradient(
    weights: &[f64],
    inputs: &[Vec<f64>],
    targets: &[f64],
) -> Vec<f64> {
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let e = dot(weights, x).exp();
        let error = e / (1.0 + e) - y;
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += error * x_j / inputs.len() as f64;
        }
    }
    gradient
}
