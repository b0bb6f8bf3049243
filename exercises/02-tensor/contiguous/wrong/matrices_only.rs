//! Two loops, for two axes.
//!
//! rejected by panic in: a piece from the middle

pub fn contiguous(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
) -> Vec<f64> {
    let mut values = Vec::new();
    for i in 0..shape[0] {
        for j in 0..shape[1] {
            values.push(memory[offset + i * strides[0] + j * strides[1]]);
        }
    }
    values
}
