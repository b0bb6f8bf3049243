//! Takes the largest sum of a row, which is a bound for the eigenvalues.
//!
//! rejected by: three features, each coupled with the next
//! says: the largest sum of a row

pub fn critical_learning_rate(hessian: &[Vec<f64>]) -> f64 {
    let sum = |row: &Vec<f64>| row.iter().map(|h| h.abs()).sum::<f64>();
    2.0 / hessian.iter().map(sum).fold(0.0, f64::max)
}
