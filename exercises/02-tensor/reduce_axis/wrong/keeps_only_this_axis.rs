//! Adds up the other axes and keeps this one.
//!
//! rejected by: a matrix
//! says: over the *other* axes

pub fn reduce_axis(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
    axis: usize,
) -> Vec<f64> {
    let mut sums = vec![0.0; shape[axis]];
    for k in 0..shape.iter().product() {
        let (mut rest, mut from, mut to) = (k, offset, 0);
        for a in (0..shape.len()).rev() {
            let index = rest % shape[a];
            rest /= shape[a];
            from += index * strides[a];
            if a == axis {
                to = index;
            }
        }
        sums[to] += memory[from];
    }
    sums
}
