//! Counts the reduced axis when it places the sums.
//!
//! rejected by panic in: a matrix

pub fn reduce_axis(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
    axis: usize,
) -> Vec<f64> {
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
            }
            step *= shape[a];
        }
        sums[to] += memory[from];
    }
    sums
}
