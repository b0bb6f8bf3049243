//! Writes the formula down as it stands.
//!
//! rejected by: huge logits
//! says: Take the largest logit of the row away first

pub fn softmax_cross_entropy(logits: &[Vec<f64>], targets: &[usize]) -> f64 {
    let loss = |(z, t): (&Vec<f64>, &usize)| {
        let sum: f64 = z.iter().map(|z| z.exp()).sum();
        -(z[*t].exp() / sum).ln()
    };
    logits.iter().zip(targets).map(loss).sum::<f64>() / logits.len() as f64
}
