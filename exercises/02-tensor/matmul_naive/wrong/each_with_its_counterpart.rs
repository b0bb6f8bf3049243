//! Multiplies element by element.
//!
//! rejected by: two by two
//! says: sums over a row and a column

use gradus::tensor::Array;

pub fn matmul_naive(a: &Array<f64>, b: &Array<f64>) -> Array<f64> {
    a.zip(b, "matmul", |x, y| x * y)
}
