//! Lets a repeated axis keep its stride, which leads to the next element.
//!
//! rejected by: a column is repeated
//! says: leads to the same place

pub fn broadcast_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
    let added = wanted.len().checked_sub(shape.len())?;
    let mut repeated = vec![0; added];
    for axis in 0..shape.len() {
        if shape[axis] != wanted[added + axis] && shape[axis] != 1 {
            return None;
        }
        repeated.push(strides[axis]);
    }
    Some(repeated)
}
