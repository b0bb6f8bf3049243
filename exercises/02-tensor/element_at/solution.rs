//! The solution of `element_at`.

/// The element at `index`, if there is one.
pub fn element_at(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
    index: &[usize],
) -> Option<f64> {
    // gradus: solution
    if index.len() != shape.len() || index.iter().zip(shape).any(|(i, size)| i >= size) {
        return None;
    }
    let steps = index.iter().zip(strides).map(|(i, stride)| i * stride);
    Some(memory[offset + steps.sum::<usize>()])
    // gradus: skeleton
    // todo!("does `index` fit the shape, and where does its element lie?")
    // gradus: end
}
