//! Forgets the offset.
//!
//! rejected by: an array that begins later
//! says: lies at `offset`

pub fn element_at(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
    index: &[usize],
) -> Option<f64> {
    if index.len() != shape.len() || index.iter().zip(shape).any(|(i, n)| i >= n) {
        return None;
    }
    Some(memory[index.iter().zip(strides).map(|(i, s)| i * s).sum::<usize>()])
}
