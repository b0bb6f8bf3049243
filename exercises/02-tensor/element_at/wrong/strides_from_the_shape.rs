//! Takes every array to lie row after row, and never looks at the strides.
//!
//! rejected by: columns that lie where rows would
//! says: the *strides* say how far a step goes

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
    Some(memory[offset + index.iter().zip(shape).fold(0, |place, (i, n)| place * n + i)])
}
