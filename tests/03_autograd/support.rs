//! What the tests of this chapter share.

use gradus::autograd::TensorOf;

/// A list of numbers for which a gradient is wanted.
pub fn leaf(values: &[f64]) -> TensorOf<f64> {
    TensorOf::new(values.to_vec(), &[values.len()]).tracked()
}

/// A single number for which a gradient is wanted.
pub fn number(value: f64) -> TensorOf<f64> {
    TensorOf::new(vec![value], &[]).tracked()
}
