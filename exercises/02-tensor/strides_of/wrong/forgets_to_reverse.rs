//! Collects from the right and forgets to turn the list around.
//!
//! rejected by: a matrix
//! says: in the opposite order

pub fn strides_of(shape: &[usize]) -> Vec<usize> {
    let mut strides = Vec::new();
    let mut step = 1;
    for size in shape.iter().rev() {
        strides.push(step);
        step *= size;
    }
    strides
}
