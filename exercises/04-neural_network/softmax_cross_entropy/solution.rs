//! The solution of `softmax_cross_entropy`.

/// The mean over the rows of −ln pₜ, where p is the softmax of the row's logits and t its
/// target.
pub fn softmax_cross_entropy(logits: &[Vec<f64>], targets: &[usize]) -> f64 {
    // gradus: solution
    let mut total = 0.0;
    for (z, &target) in logits.iter().zip(targets) {
        let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = z.iter().map(|z| (z - largest).exp()).sum();
        total += (largest - z[target]) + sum.ln();
    }
    total / logits.len() as f64
    // gradus: skeleton
    // todo!("take the largest logit of a row away before you use exp")
    // gradus: end
}
