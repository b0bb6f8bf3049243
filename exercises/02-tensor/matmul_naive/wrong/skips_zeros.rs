//! Saves the products with a factor of 0.
//!
//! rejected by: zero times infinity
//! says: no reason to leave a product out

use gradus::tensor::Array;

pub fn matmul_naive(a: &Array<f64>, b: &Array<f64>) -> Array<f64> {
    let ([m, k], n) = ([a.shape()[0], a.shape()[1]], b.shape()[1]);
    let mut values = vec![0.0; m * n];
    for i in 0..m {
        for l in 0..k {
            let factor = a.at(&[i, l]);
            if factor == 0.0 {
                continue;
            }
            for j in 0..n {
                values[i * n + j] += factor * b.at(&[l, j]);
            }
        }
    }
    Array::new(values, &[m, n])
}
