//! Returns nothing for an array without axes.
//!
//! rejected by: an array without axes
//! says: should be 1 number

pub fn contiguous(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
) -> Vec<f64> {
    if shape.is_empty() {
        return vec![];
    }
    if shape.len() == 1 {
        return (0..shape[0]).map(|i| memory[offset + i * strides[0]]).collect();
    }
    let row = |i| contiguous(memory, &shape[1..], &strides[1..], offset + i * strides[0]);
    (0..shape[0]).flat_map(row).collect()
}
