//! Works out the place first, which may be too large a number, and asks afterwards.
//!
//! rejected by panic in: outside of the memory

pub fn element_at(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
    index: &[usize],
) -> Option<f64> {
    let steps: usize = index.iter().zip(strides).map(|(i, s)| i * s).sum();
    let fits = index.len() == shape.len() && index.iter().zip(shape).all(|(i, n)| i < n);
    fits.then(|| memory[offset + steps])
}
