//! The solution of `matmul_backward`.

use gradus::tensor::Array;

/// From the gradient of C = A B, those of A and B.
pub fn matmul_backward(
    a: &Array<f64>,
    b: &Array<f64>,
    dc: &Array<f64>,
) -> (Array<f64>, Array<f64>) {
    // gradus: solution
    (dc.matmul(&b.transpose(0, 1)), a.transpose(0, 1).matmul(dc))
    // gradus: skeleton
    // todo!("one product for each of the two")
    // gradus: end
}
