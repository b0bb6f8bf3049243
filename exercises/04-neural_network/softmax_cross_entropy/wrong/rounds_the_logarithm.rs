//! Adds the largest logit to the logarithm, and takes the target's away afterwards.
//!
//! rejected by: a shift changes nothing
//! says: add the logarithm last

pub fn softmax_cross_entropy(logits: &[Vec<f64>], targets: &[usize]) -> f64 {
    let loss = |(z, t): (&Vec<f64>, &usize)| {
        let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = z.iter().map(|z| (z - largest).exp()).sum();
        (largest + sum.ln()) - z[*t]
    };
    logits.iter().zip(targets).map(loss).sum::<f64>() / logits.len() as f64
}
