//! Allows a 1 on either side, as between two arrays.
//!
//! rejected by: what is wanted is never repeated
//! says: the array does not shrink

pub fn broadcast_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
    let added = wanted.len().checked_sub(shape.len())?;
    let mut repeated = vec![0; added];
    for axis in 0..shape.len() {
        match (shape[axis], wanted[added + axis]) {
            (own, other) if own == other => repeated.push(strides[axis]),
            (1, _) | (_, 1) => repeated.push(0),
            _ => return None,
        }
    }
    Some(repeated)
}
