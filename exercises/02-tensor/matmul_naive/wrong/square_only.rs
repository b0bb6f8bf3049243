//! Counts all three loops by the rows of the first matrix.
//!
//! rejected by panic in: the example of the statement

use gradus::tensor::Array;

pub fn matmul_naive(a: &Array<f64>, b: &Array<f64>) -> Array<f64> {
    let n = a.shape()[0];
    let mut values = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..n {
            for l in 0..n {
                values[i * n + j] += a.at(&[i, l]) * b.at(&[l, j]);
            }
        }
    }
    Array::new(values, &[n, n])
}
