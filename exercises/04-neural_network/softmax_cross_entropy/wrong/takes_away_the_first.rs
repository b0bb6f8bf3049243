//! Takes the first logit of the row away, which need not be the largest.
//!
//! rejected by: huge logits
//! says: wherever it stands

pub fn softmax_cross_entropy(logits: &[Vec<f64>], targets: &[usize]) -> f64 {
    let mut total = 0.0;
    for (z, &target) in logits.iter().zip(targets) {
        let first = z[0];
        let sum: f64 = z.iter().map(|z| (z - first).exp()).sum();
        total += (first - z[target]) + sum.ln();
    }
    total / logits.len() as f64
}
