//! Multiplies before it writes the stride down.
//!
//! rejected by: a matrix
//! says: the axis itself does not count

pub fn strides_of(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; shape.len()];
    let mut step = 1;
    for axis in (0..shape.len()).rev() {
        step *= shape[axis];
        strides[axis] = step;
    }
    strides
}
