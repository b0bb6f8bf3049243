//! Keeps the probability away from 0 before the logarithm.
//!
//! rejected by: huge logits
//! says: kept away from 0 by hand

pub fn softmax_cross_entropy(logits: &[Vec<f64>], targets: &[usize]) -> f64 {
    let loss = |(z, t): (&Vec<f64>, &usize)| {
        let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = z.iter().map(|z| (z - largest).exp()).sum();
        -((z[*t] - largest).exp() / sum).max(1e-12).ln()
    };
    logits.iter().zip(targets).map(loss).sum::<f64>() / logits.len() as f64
}
