//! Repeats the second array to the shape of the first, and never the other way.
//!
//! rejected by: an axis of size 1
//! says: whichever of the two shapes

pub fn broadcast_shape(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let added = a.len().checked_sub(b.len())?;
    let fits = |(a, b): (&usize, &usize)| a == b || *b == 1;
    a[added..].iter().zip(b).all(fits).then(|| a.to_vec())
}
