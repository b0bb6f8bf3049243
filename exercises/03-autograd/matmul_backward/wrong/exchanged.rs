//! Returns the two gradients in the wrong order.
//!
//! rejected by: one number each
//! says: each in the other's place

use gradus::tensor::Array;

pub fn matmul_backward(
    a: &Array<f64>,
    b: &Array<f64>,
    dc: &Array<f64>,
) -> (Array<f64>, Array<f64>) {
    (a.transpose(0, 1).matmul(dc), dc.matmul(&b.transpose(0, 1)))
}
