//! The solution of `broadcast_shape`.

/// The shape that both can be repeated to, if there is one.
pub fn broadcast_shape(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    // gradus: solution
    let from_right = |shape: &[usize], k: usize| {
        if k > shape.len() { 1 } else { shape[shape.len() - k] }
    };
    let mut shape = Vec::new();
    for k in 1..=a.len().max(b.len()) {
        match (from_right(a, k), from_right(b, k)) {
            (x, y) if x == y => shape.push(x),
            (1, other) | (other, 1) => shape.push(other),
            _ => return None,
        }
    }
    shape.reverse();
    Some(shape)
    // gradus: skeleton
    // todo!("match the sizes from the right")
    // gradus: end
}
