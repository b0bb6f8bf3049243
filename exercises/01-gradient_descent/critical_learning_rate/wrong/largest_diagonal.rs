//! Takes the largest number on the diagonal for the largest eigenvalue.
//!
//! rejected by: a direction between the axes
//! says: the largest number on the diagonal

pub fn critical_learning_rate(hessian: &[Vec<f64>]) -> f64 {
    2.0 / (0..hessian.len()).map(|j| hessian[j][j]).fold(0.0, f64::max)
}
