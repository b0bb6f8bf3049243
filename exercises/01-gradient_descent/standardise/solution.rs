//! The solution of `standardise`.

/// The training rows and the test rows, every feature shifted and scaled by the training
/// rows' mean and deviation.
pub fn standardise(
    train: &[Vec<f64>],
    test: &[Vec<f64>],
) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    // gradus: solution
    let n = train.len() as f64;
    let mut scaled = (train.to_vec(), test.to_vec());
    for j in 0..train[0].len() {
        let column: Vec<f64> = train.iter().map(|row| row[j]).collect();
        let (mean, deviation) = if column.iter().all(|x| *x == column[0]) {
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
    // gradus: skeleton
    // todo!("fit mean and deviation to `train`, and apply them to both tables")
    // gradus: end
}
