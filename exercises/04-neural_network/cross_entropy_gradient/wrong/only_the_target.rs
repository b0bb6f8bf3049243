//! Changes only the logit of the right class.
//!
//! rejected by: one row, by hand
//! says: the others must fall

fn softmax(z: &[f64]) -> Vec<f64> {
    let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = z.iter().map(|z| (z - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

pub fn cross_entropy_gradient(logits: &[Vec<f64>], targets: &[usize]) -> Vec<Vec<f64>> {
    let n = logits.len() as f64;
    let row = |(z, t): (&Vec<f64>, &usize)| {
        let mut row = vec![0.0; z.len()];
        row[*t] = (softmax(z)[*t] - 1.0) / n;
        row
    };
    logits.iter().zip(targets).map(row).collect()
}
