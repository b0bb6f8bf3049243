//! A price on large weights.

// ANCHOR: penalty
/// λ/2 Σⱼ wⱼ² and its gradient λ wⱼ, over all weights but the last, which is the bias:
/// where the scale begins is not a matter of size.
///
/// ```
/// use gradus::gradient_descent::l2_penalty;
/// assert_eq!(l2_penalty(&[3.0, -1.0, 100.0], 0.2), (1.0, vec![0.6000000000000001, -0.2, 0.0]));
/// ```
pub fn l2_penalty(weights: &[f64], strength: f64) -> (f64, Vec<f64>) {
    let Some((_bias, slopes)) = weights.split_last() else { return (0.0, vec![]) };
    let value = strength / 2.0 * slopes.iter().map(|w| w * w).sum::<f64>();
    (value, slopes.iter().map(|w| strength * w).chain([0.0]).collect())
}
// ANCHOR_END: penalty
