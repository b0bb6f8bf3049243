//! Multiplies in the wrong order.
//!
//! rejected by: square
//! says: A B is not B A

use gradus::tensor::Array;

pub fn matmul_backward(
    a: &Array<f64>,
    b: &Array<f64>,
    dc: &Array<f64>,
) -> (Array<f64>, Array<f64>) {
    (b.transpose(0, 1).matmul(dc), dc.matmul(&a.transpose(0, 1)))
}
