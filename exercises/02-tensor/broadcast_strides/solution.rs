//! The solution of `broadcast_strides`.

/// The strides under which the same memory reads as if it had been repeated to the shape
/// `wanted`, if that is possible.
pub fn broadcast_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
    // gradus: solution
    let added = wanted.len().checked_sub(shape.len())?;
    let mut repeated = vec![0; added];
    for axis in 0..shape.len() {
        match (shape[axis], wanted[added + axis]) {
            (own, other) if own == other => repeated.push(strides[axis]),
            (1, _) => repeated.push(0),
            _ => return None,
        }
    }
    Some(repeated)
    // gradus: skeleton
    // todo!("a repeated axis has stride 0")
    // gradus: end
}
