//! Sets the last stride of a shape that may have none.
//!
//! rejected by panic in: no axes

pub fn strides_of(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![0; shape.len()];
    strides[shape.len() - 1] = 1;
    for axis in (0..shape.len() - 1).rev() {
        strides[axis] = strides[axis + 1] * shape[axis + 1];
    }
    strides
}
