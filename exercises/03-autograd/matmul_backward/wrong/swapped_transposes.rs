//! Transposes the wrong matrix in each product.
//!
//! rejected by: square
//! says: which index is summed over

use gradus::tensor::Array;

pub fn matmul_backward(
    a: &Array<f64>,
    b: &Array<f64>,
    dc: &Array<f64>,
) -> (Array<f64>, Array<f64>) {
    (dc.transpose(0, 1).matmul(b), a.matmul(&dc.transpose(0, 1)))
}
