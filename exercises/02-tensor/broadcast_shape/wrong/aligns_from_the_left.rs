//! Writes the shapes so that their first axes are aligned.
//!
//! rejected by: fewer axes
//! says: the *last* axes are aligned

pub fn broadcast_shape(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let size = |shape: &[usize], axis: usize| shape.get(axis).copied().unwrap_or(1);
    let pair = |axis| match (size(a, axis), size(b, axis)) {
        (x, y) if x == y => Some(x),
        (1, other) | (other, 1) => Some(other),
        _ => None,
    };
    (0..a.len().max(b.len())).map(pair).collect()
}
