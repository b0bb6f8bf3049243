//! The solution of `reshape_strides`.

/// The strides under which the same memory reads as `wanted`, if there are any.
pub fn reshape_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
    // gradus: solution
    let mut reshaped = vec![1; wanted.len()];
    if wanted.contains(&0) {
        return Some(reshaped);
    }
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (size, stride) in shape.iter().zip(strides).filter(|(size, _)| **size != 1) {
        match merged.last_mut() {
            Some((held, outer)) if *outer == size * stride => {
                (*held, *outer) = (*held * size, *stride);
            }
            _ => merged.push((*size, *stride)),
        }
    }
    let (mut left, mut stride) = (1, 1);
    for axis in (0..wanted.len()).rev().filter(|axis| wanted[*axis] != 1) {
        if left == 1 {
            (left, stride) = merged.pop()?;
        }
        if left % wanted[axis] != 0 {
            return None;
        }
        reshaped[axis] = stride;
        left /= wanted[axis];
        stride *= wanted[axis];
    }
    Some(reshaped)
    // gradus: skeleton
    // todo!("merge axes that lie like one, and cut the result into those that are wanted")
    // gradus: end
}
