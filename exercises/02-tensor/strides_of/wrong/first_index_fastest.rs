//! Lets the first index run fastest, as Fortran does.
//!
//! rejected by: a matrix
//! says: if the *first* index runs fastest

pub fn strides_of(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; shape.len()];
    for axis in 1..shape.len() {
        strides[axis] = strides[axis - 1] * shape[axis - 1];
    }
    strides
}
