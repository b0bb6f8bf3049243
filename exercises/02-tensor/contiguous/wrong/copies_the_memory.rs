//! Copies as many numbers as the shape holds, as they lie.
//!
//! rejected by: a turned matrix
//! says: follow the strides

pub fn contiguous(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
) -> Vec<f64> {
    memory[offset..offset + shape.iter().product::<usize>()].to_vec()
}
