//! Counts the added axes without asking whether there are too many.
//!
//! rejected by panic in: what is wanted is never repeated

pub fn broadcast_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
    let added = wanted.len() - shape.len();
    let mut repeated = vec![0; added];
    for axis in 0..shape.len() {
        match (shape[axis], wanted[added + axis]) {
            (own, other) if own == other => repeated.push(strides[axis]),
            (1, _) => repeated.push(0),
            _ => return None,
        }
    }
    Some(repeated)
}
