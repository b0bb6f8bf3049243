//! Divides by the number of classes.
//!
//! rejected by: one row, by hand
//! says: divided by the classes

fn softmax(z: &[f64]) -> Vec<f64> {
    let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = z.iter().map(|z| (z - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

pub fn cross_entropy_gradient(logits: &[Vec<f64>], targets: &[usize]) -> Vec<Vec<f64>> {
    let row = |(z, t): (&Vec<f64>, &usize)| {
        let p = softmax(z);
        let n = z.len() as f64;
        (0..z.len()).map(|j| (p[j] - f64::from(u8::from(j == *t))) / n).collect()
    };
    logits.iter().zip(targets).map(row).collect()
}
