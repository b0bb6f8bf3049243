//! Brings the second matrix into order with reshape, which keeps the order of the elements.
//!
//! rejected by: two by two
//! says: rows of a times *rows* of b

use gradus::tensor::Array;

pub fn matmul_naive(a: &Array<f64>, b: &Array<f64>) -> Array<f64> {
    let (m, k, n) = (a.shape()[0], a.shape()[1], b.shape()[1]);
    let mut values = vec![0.0; m * n];
    for i in 0..m {
        for j in 0..n {
            for l in 0..k {
                let columns = b.reshape(&[n, k]);
                values[i * n + j] += a.at(&[i, l]) * columns.at(&[j, l]);
            }
        }
    }
    Array::new(values, &[m, n])
}
