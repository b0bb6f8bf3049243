//! A price on large weights.

// ANCHOR: penalty
/// α/2 Σⱼ wⱼ² and its gradient α wⱼ, over all weights but the last. That is the bias: it
/// shifts all predictions alike, and a shift has no price.
///
/// ```
/// use gradus::gradient_descent::l2_penalty;
/// assert_eq!(l2_penalty(&[3.0, -1.0, 100.0], 0.5), (2.5, vec![1.5, -0.5, 0.0]));
/// ```
pub fn l2_penalty(weights: &[f64], strength: f64) -> (f64, Vec<f64>) {
    let Some((_bias, slopes)) = weights.split_last() else { return (0.0, vec![]) };
    let value = strength / 2.0 * slopes.iter().map(|w| w * w).sum::<f64>();
    (value, slopes.iter().map(|w| strength * w).chain([0.0]).collect())
}
// ANCHOR_END: penalty
