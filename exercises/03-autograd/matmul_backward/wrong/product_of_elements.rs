//! Takes the rule for a product of elements.
//!
//! rejected by: square
//! says: each element of A takes part in a whole row of C

use gradus::tensor::Array;

pub fn matmul_backward(
    a: &Array<f64>,
    b: &Array<f64>,
    dc: &Array<f64>,
) -> (Array<f64>, Array<f64>) {
    (dc.zip(b, "da", |dc, b: f64| dc * b), dc.zip(a, "db", |dc, a: f64| dc * a))
}
