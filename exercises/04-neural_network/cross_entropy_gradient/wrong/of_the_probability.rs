//! Differentiates −p where the loss is −ln p.
//!
//! rejected by: one row, by hand
//! says: not of −ln p

fn softmax(z: &[f64]) -> Vec<f64> {
    let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = z.iter().map(|z| (z - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

pub fn cross_entropy_gradient(logits: &[Vec<f64>], targets: &[usize]) -> Vec<Vec<f64>> {
    let n = logits.len() as f64;
    let row = |(z, t): (&Vec<f64>, &usize)| {
        let p = softmax(z);
        (0..z.len()).map(|j| p[*t] * (p[j] - f64::from(u8::from(j == *t))) / n).collect()
    };
    logits.iter().zip(targets).map(row).collect()
}
