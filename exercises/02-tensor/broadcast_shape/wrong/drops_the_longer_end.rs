//! Lets zip end with the shorter shape.
//!
//! rejected by: fewer axes
//! says: the *last* axes are aligned

pub fn broadcast_shape(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let pair = |(x, y): (&usize, &usize)| match (*x, *y) {
        (x, y) if x == y => Some(x),
        (1, other) | (other, 1) => Some(other),
        _ => None,
    };
    let shape: Option<Vec<usize>> =
        a.iter().rev().zip(b.iter().rev()).map(pair).collect();
    shape.map(|shape| shape.into_iter().rev().collect())
}
