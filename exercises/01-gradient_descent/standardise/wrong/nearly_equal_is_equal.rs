//! Takes a deviation that is small beside the mean for one of 0.
//!
//! rejected by: a feature far from 0
//! says: close, but not equal

pub fn standardise(
    train: &[Vec<f64>],
    test: &[Vec<f64>],
) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let n = train.len() as f64;
    let mut scaled = (train.to_vec(), test.to_vec());
    for j in 0..train[0].len() {
        let column: Vec<f64> = train.iter().map(|row| row[j]).collect();
        let close = |x: &f64| (x - column[0]).abs() <= 1e-9 * column[0].abs();
        let (mean, deviation) = if column.iter().all(close) {
            (column[0], 1.0)
        } else {
            let mean = column.iter().sum::<f64>() / n;
            let variance = column.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
            (mean, variance.sqrt())
        };
        for row in scaled.0.iter_mut().chain(&mut scaled.1) {
            row[j] = (row[j] - mean) / deviation;
        }
    }
    scaled
}
