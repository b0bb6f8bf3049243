//! Returns no sums for an array without elements.
//!
//! rejected by: an axis of size 0
//! says: should be 2 numbers

pub fn reduce_axis(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
    axis: usize,
) -> Vec<f64> {
    if shape.contains(&0) {
        return vec![];
    }
    let outer: usize = shape[..axis].iter().product();
    let inner: usize = shape[axis + 1..].iter().product();
    let mut sums = vec![0.0; outer * inner];
    for k in 0..shape.iter().product() {
        let (mut rest, mut from, mut to, mut step) = (k, offset, 0, 1);
        for a in (0..shape.len()).rev() {
            let index = rest % shape[a];
            rest /= shape[a];
            from += index * strides[a];
            if a != axis {
                to += index * step;
                step *= shape[a];
            }
        }
        sums[to] += memory[from];
    }
    sums
}
