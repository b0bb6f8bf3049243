//! Looks out for a deviation of 0, and trusts the computed mean.
//!
//! rejected by: equal values whose computed mean rounds
//! says: ask first whether all training values are equal

pub fn standardise(
    train: &[Vec<f64>],
    test: &[Vec<f64>],
) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let n = train.len() as f64;
    let mut scaled = (train.to_vec(), test.to_vec());
    for j in 0..train[0].len() {
        let mean = train.iter().map(|row| row[j]).sum::<f64>() / n;
        let variance = train.iter().map(|row| (row[j] - mean).powi(2)).sum::<f64>() / n;
        let deviation = if variance > 0.0 { variance.sqrt() } else { 1.0 };
        for row in scaled.0.iter_mut().chain(&mut scaled.1) {
            row[j] = (row[j] - mean) / deviation;
        }
    }
    scaled
}
