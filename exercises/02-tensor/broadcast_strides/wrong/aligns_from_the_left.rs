//! Adds the missing axes on the right.
//!
//! rejected by: a row is repeated
//! says: added on the left

pub fn broadcast_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
    wanted.len().checked_sub(shape.len())?;
    let mut repeated = Vec::new();
    for axis in 0..wanted.len() {
        match shape.get(axis) {
            Some(own) if *own == wanted[axis] => repeated.push(strides[axis]),
            Some(1) | None => repeated.push(0),
            _ => return None,
        }
    }
    Some(repeated)
}
