//! Divides what is left without asking whether it divides.
//!
//! rejected by: axes with a gap cannot be joined
//! says: no stride leads over it

pub fn reshape_strides(
    shape: &[usize],
    strides: &[usize],
    wanted: &[usize],
) -> Option<Vec<usize>> {
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
    let (mut left, mut stride) = merged.pop().unwrap_or((1, 1));
    for axis in (0..wanted.len()).rev() {
        reshaped[axis] = stride;
        left /= wanted[axis];
        stride *= wanted[axis];
        if left <= 1 {
            (left, stride) = merged.pop().unwrap_or((1, stride));
        }
    }
    Some(reshaped)
}
