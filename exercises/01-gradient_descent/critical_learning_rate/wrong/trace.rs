//! Takes the sum of the diagonal, which is the sum of all eigenvalues.
//!
//! rejected by: a diagonal matrix
//! says: only the largest eigenvalue counts

pub fn critical_learning_rate(hessian: &[Vec<f64>]) -> f64 {
    2.0 / (0..hessian.len()).map(|j| hessian[j][j]).sum::<f64>()
}
