//! The solution of `strides_of`.

/// How far apart neighbours lie along each axis, row after row without gaps.
pub fn strides_of(shape: &[usize]) -> Vec<usize> {
    // gradus: solution
    let mut strides = vec![1; shape.len()];
    for axis in (1..shape.len()).rev() {
        strides[axis - 1] = strides[axis] * shape[axis];
    }
    strides
    // gradus: skeleton
    // todo!("return the product of all sizes to the right of each axis")
    // gradus: end
}
