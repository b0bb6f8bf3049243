//! Compares axis by axis, but not how many axes there are.
//!
//! rejected by: another number of axes
//! says: ends with the shorter list

pub fn element_at(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
    index: &[usize],
) -> Option<f64> {
    let inside = index.iter().zip(shape).all(|(i, n)| i < n);
    let steps = || index.iter().zip(strides).map(|(i, s)| i * s).sum::<usize>();
    inside.then(|| memory[offset + steps()])
}
