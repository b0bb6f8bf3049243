//! Returns the strides that the repeated array would have, had it been copied.
//!
//! rejected by: nothing is repeated
//! says: keeps its stride, whatever that is

pub fn broadcast_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
    let added = wanted.len().checked_sub(shape.len())?;
    let fits = (0..shape.len()).all(|a| [1, wanted[added + a]].contains(&shape[a]));
    let mut strides = vec![1; wanted.len()];
    for axis in (1..wanted.len()).rev() {
        strides[axis - 1] = strides[axis] * wanted[axis];
    }
    fits.then_some(strides)
}
