//! Allows an index equal to the size.
//!
//! rejected by: outside of an axis, inside the memory
//! says: must be less than the size

pub fn element_at(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
    index: &[usize],
) -> Option<f64> {
    if index.len() != shape.len() || index.iter().zip(shape).any(|(i, n)| i > n) {
        return None;
    }
    let steps: usize = index.iter().zip(strides).map(|(i, s)| i * s).sum();
    memory.get(offset + steps).copied()
}
