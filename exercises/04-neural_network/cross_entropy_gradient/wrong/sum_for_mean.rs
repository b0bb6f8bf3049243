//! Forgets that the loss is a mean.
//!
//! rejected by: the mean over rows
//! says: so divide by n

fn softmax(z: &[f64]) -> Vec<f64> {
    let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = z.iter().map(|z| (z - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

pub fn cross_entropy_gradient(logits: &[Vec<f64>], targets: &[usize]) -> Vec<Vec<f64>> {
    let row = |(z, t): (&Vec<f64>, &usize)| {
        let mut row = softmax(z);
        row[*t] -= 1.0;
        row
    };
    logits.iter().zip(targets).map(row).collect()
}
