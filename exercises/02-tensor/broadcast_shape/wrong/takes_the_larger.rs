//! Takes the larger of the two sizes.
//!
//! rejected by: sizes that do not fit
//! says: neither is 1

pub fn broadcast_shape(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let size = |shape: &[usize], axis: usize| {
        (axis + shape.len()).checked_sub(rank).map_or(1, |axis| shape[axis])
    };
    Some((0..rank).map(|axis| size(a, axis).max(size(b, axis))).collect())
}
