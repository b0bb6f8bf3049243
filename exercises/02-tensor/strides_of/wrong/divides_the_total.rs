//! Divides the number of elements by one size after the other.
//!
//! rejected by panic in: an axis of size 0

pub fn strides_of(shape: &[usize]) -> Vec<usize> {
    let mut rest: usize = shape.iter().product();
    let mut strides = Vec::new();
    for size in shape {
        rest /= size;
        strides.push(rest);
    }
    strides
}
