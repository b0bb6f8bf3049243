//! Linear regression: a weighted sum of the features predicts a number.

use super::check_shapes;

// ANCHOR: dot
/// w · x = Σⱼ wⱼ xⱼ. With [`with_bias`](super::with_bias), this is the prediction of a
/// linear model.
///
/// # Panics
/// When the lengths differ.
#[track_caller]
pub fn dot(weights: &[f64], input: &[f64]) -> f64 {
    assert_eq!(weights.len(), input.len(), "dot: both sides must be equally long");
    weights.iter().zip(input).map(|(w, x)| w * x).sum()
}
// ANCHOR_END: dot

// ANCHOR: loss
/// L(w) = 1/n Σᵢ (w · xᵢ − yᵢ)². A mean, so that the loss does not depend on how many
/// examples there are.
///
/// # Panics
/// When there are no examples, or the lengths do not fit.
///
/// ```
/// use gradus::gradient_descent::mean_squared_error;
/// let (inputs, targets) = ([vec![1.0], vec![2.0]], [3.0, 5.0]);
/// assert_eq!(mean_squared_error(&[2.0], &inputs, &targets), 1.0); // errors −1 and −1
/// ```
#[track_caller]
pub fn mean_squared_error(weights: &[f64], inputs: &[Vec<f64>], targets: &[f64]) -> f64 {
    check_shapes("mean_squared_error", weights, inputs, targets);
    let squares = inputs.iter().zip(targets).map(|(x, y)| (dot(weights, x) - y).powi(2));
    squares.sum::<f64>() / inputs.len() as f64
}
// ANCHOR_END: loss

// ANCHOR: gradient
/// ∂L/∂wⱼ = 2/n Σᵢ (w · xᵢ − yᵢ) xᵢⱼ.
///
/// # Panics
/// When there are no examples, or the lengths do not fit.
#[track_caller]
pub fn mean_squared_error_gradient(
    weights: &[f64],
    inputs: &[Vec<f64>],
    targets: &[f64],
) -> Vec<f64> {
    check_shapes("mean_squared_error_gradient", weights, inputs, targets);
    let mut gradient = vec![0.0; weights.len()];
    for (x, y) in inputs.iter().zip(targets) {
        let error = dot(weights, x) - y;
        for (g, x_j) in gradient.iter_mut().zip(x) {
            *g += 2.0 / inputs.len() as f64 * error * x_j;
        }
    }
    gradient
}
// ANCHOR_END: gradient
