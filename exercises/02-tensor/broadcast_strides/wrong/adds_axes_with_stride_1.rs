//! Gives added axes the stride 1.
//!
//! rejected by: a row is repeated
//! says: added on the left is a repetition

pub fn broadcast_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
    let added = wanted.len().checked_sub(shape.len())?;
    let mut repeated = vec![1; added];
    for axis in 0..shape.len() {
        match (shape[axis], wanted[added + axis]) {
            (own, other) if own == other => repeated.push(strides[axis]),
            (1, _) => repeated.push(0),
            _ => return None,
        }
    }
    Some(repeated)
}
