//! Takes the largest logit away, and then the logarithm of a probability that is 0.
//!
//! rejected by: huge logits
//! says: Compute ln p without p

pub fn softmax_cross_entropy(logits: &[Vec<f64>], targets: &[usize]) -> f64 {
    let loss = |(z, t): (&Vec<f64>, &usize)| {
        let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = z.iter().map(|z| (z - largest).exp()).sum();
        -((z[*t] - largest).exp() / sum).ln()
    };
    logits.iter().zip(targets).map(loss).sum::<f64>() / logits.len() as f64
}
