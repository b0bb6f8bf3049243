//! Refuses shapes with different numbers of axes.
//!
//! rejected by: fewer axes
//! says: the *last* axes are aligned

pub fn broadcast_shape(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    if a.len() != b.len() {
        return None;
    }
    let pair = |(x, y): (&usize, &usize)| match (*x, *y) {
        (x, y) if x == y => Some(x),
        (1, other) | (other, 1) => Some(other),
        _ => None,
    };
    a.iter().zip(b).map(pair).collect()
}
