//! Takes the last stride for the distance between any two elements.
//!
//! rejected by: an axis is cut
//! says: its right part keeps the stride

pub fn reshape_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
    let mut reshaped = vec![strides.last().copied().unwrap_or(1); wanted.len()];
    for axis in (1..wanted.len()).rev() {
        reshaped[axis - 1] = reshaped[axis] * wanted[axis];
    }
    Some(reshaped)
}
