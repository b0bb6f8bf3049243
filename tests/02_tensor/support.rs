//! What the tests of this chapter share.

use gradus::tensor::Array;

/// 0, 1, 2, … under `shape`.
pub fn counting(shape: &[usize]) -> Array<f64> {
    Array::from_fn(shape, |i| i as f64)
}

/// Whether both arrays read the same memory.
pub fn shares(a: &Array<f64>, b: &Array<f64>) -> bool {
    std::ptr::eq(a.storage(), b.storage())
}
