//! Takes the larger size where one is 1, so that 0 becomes 1.
//!
//! rejected by: a size of 0
//! says: 1 gives way to it

pub fn broadcast_shape(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let size = |shape: &[usize], axis: usize| {
        (axis + shape.len()).checked_sub(rank).map_or(1, |axis| shape[axis])
    };
    let pair = |axis| match (size(a, axis), size(b, axis)) {
        (x, y) if x == y || x == 1 || y == 1 => Some(x.max(y)),
        _ => None,
    };
    (0..rank).map(pair).collect()
}
