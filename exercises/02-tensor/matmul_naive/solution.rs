//! The solution of `matmul_naive`.

use gradus::tensor::Array;

/// The matrix product, `[m, k] × [k, n]`.
pub fn matmul_naive(a: &Array<f64>, b: &Array<f64>) -> Array<f64> {
    // gradus: solution
    let (m, k, n) = (a.shape()[0], a.shape()[1], b.shape()[1]);
    let mut values = vec![0.0; m * n];
    for i in 0..m {
        for j in 0..n {
            for l in 0..k {
                values[i * n + j] += a.at(&[i, l]) * b.at(&[l, j]);
            }
        }
    }
    Array::new(values, &[m, n])
    // gradus: skeleton
    // todo!("for each row of a and each column of b, sum the products")
    // gradus: end
}
