//! Takes the largest logit of the whole table away from every row.
//!
//! rejected by: rows of very different size
//! says: Every row has its own

pub fn softmax_cross_entropy(logits: &[Vec<f64>], targets: &[usize]) -> f64 {
    let largest = logits.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
    let loss = |(z, t): (&Vec<f64>, &usize)| {
        let sum: f64 = z.iter().map(|z| (z - largest).exp()).sum();
        largest - z[*t] + sum.ln()
    };
    logits.iter().zip(targets).map(loss).sum::<f64>() / logits.len() as f64
}
