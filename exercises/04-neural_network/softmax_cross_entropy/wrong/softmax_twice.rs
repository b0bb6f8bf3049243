//! Applies a softmax to what is softmax already.
//!
//! rejected by: one row, by hand
//! says: softmax twice

fn softmax(z: &[f64]) -> Vec<f64> {
    let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = z.iter().map(|z| (z - largest).exp()).sum();
    z.iter().map(|z| (z - largest).exp() / sum).collect()
}

pub fn softmax_cross_entropy(logits: &[Vec<f64>], targets: &[usize]) -> f64 {
    let pairs = logits.iter().zip(targets);
    let sum: f64 = pairs.map(|(z, t)| -softmax(&softmax(z))[*t].ln()).sum();
    sum / logits.len() as f64
}
