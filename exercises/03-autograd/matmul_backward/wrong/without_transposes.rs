//! Forgets the transposes.
//!
//! rejected by: square
//! says: a transpose is missing

use gradus::tensor::Array;

pub fn matmul_backward(
    a: &Array<f64>,
    b: &Array<f64>,
    dc: &Array<f64>,
) -> (Array<f64>, Array<f64>) {
    (dc.matmul(b), a.matmul(dc))
}
