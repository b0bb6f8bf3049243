//! Does not look out for a feature that is constant.
//!
//! rejected by: a constant feature
//! says: The deviation of equal values counts as 1

pub fn standardise(
    train: &[Vec<f64>],
    test: &[Vec<f64>],
) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let n = train.len() as f64;
    let mut scaled = (train.to_vec(), test.to_vec());
    for j in 0..train[0].len() {
        let mean = train.iter().map(|row| row[j]).sum::<f64>() / n;
        let variance = train.iter().map(|row| (row[j] - mean).powi(2)).sum::<f64>() / n;
        let deviation = variance.sqrt();
        for row in scaled.0.iter_mut().chain(&mut scaled.1) {
            row[j] = (row[j] - mean) / deviation;
        }
    }
    scaled
}
