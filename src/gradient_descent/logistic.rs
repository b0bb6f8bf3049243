//! Logistic regression: a weighted sum of the features predicts the log-odds of "yes".

use super::{check_shapes, dot};

// ANCHOR: sigmoid
/// σ(z) = 1 / (1 + e⁻ᶻ): log-odds to probability. Written so that no exponential can
/// overflow.
///
/// ```
/// use gradus::gradient_descent::sigmoid;
/// assert_eq!((sigmoid(-1000.0), sigmoid(0.0), sigmoid(1000.0)), (0.0, 0.5, 1.0));
/// ```
pub fn sigmoid(z: f64) -> f64 {
    let e = (-z.abs()).exp(); // between 0 and 1
    if z >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) }
}
// ANCHOR_END: sigmoid

// ANCHOR: loss
/// −y ln σ(z) − (1 − y) ln(1 − σ(z)) = max(z, 0) − z y + ln(1 + e^−|z|), for a logit z
/// and a target y in [0, 1].
///
/// The right-hand side is what is computed: for the labels 0 and 1 it is exact to
/// rounding at every finite z, where the left-hand side gives infinity, or NaN from 0 ·
/// ∞, as soon as σ(z) rounds to 0 or 1. For y between, it is exact to rounding of |z|.
///
/// ```
/// use gradus::gradient_descent::binary_cross_entropy;
/// assert_eq!(binary_cross_entropy(0.0, 1.0), 2f64.ln());
/// assert_eq!(binary_cross_entropy(-1000.0, 1.0), 1000.0);
/// ```
pub fn binary_cross_entropy(z: f64, y: f64) -> f64 {
    z.max(0.0) - z * y + (-z.abs()).exp().ln_1p()
}
// ANCHOR_END: loss

/// L(w) = 1/n Σᵢ bce(w · xᵢ, yᵢ).
///
/// # Panics
/// When there are no examples, or the lengths do not fit.
#[track_caller]
pub fn logistic_loss(weights: &[f64], inputs: &[Vec<f64>], targets: &[f64]) -> f64 {
    check_shapes("logistic_loss", weights, inputs, targets);
    let losses = inputs
        .iter()
        .zip(targets)
        .map(|(x, y)| binary_cross_entropy(dot(weights, x), *y));
    losses.sum::<f64>() / inputs.len() as f64
}

// ANCHOR: gradient
/// ∂L/∂wⱼ = 1/n Σᵢ (σ(w · xᵢ) − yᵢ) xᵢⱼ.
///
/// # Panics
/// When there are no examples, or the lengths do not fit.
#[track_caller]
pub fn logistic_gradient(
    weights: &[f64],
    inputs: &[Vec<f64>],
    targets: &[f64],
) -> Vec<f64> {
    check_shapes("logistic_gradient", weights, inputs, targets);
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let error = sigmoid(dot(weights, x)) - y;
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += error * x_j / inputs.len() as f64;
        }
    }
    gradient
}
// ANCHOR_END: gradient
