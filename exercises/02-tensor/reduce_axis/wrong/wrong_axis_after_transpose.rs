//! Reads the memory row after row, so that a turned array is added up along another axis.
//!
//! rejected by: a turned matrix
//! says: follow strides and offset

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
    for o in 0..outer {
        for a in 0..shape[axis] {
            for i in 0..inner {
                sums[o * inner + i] += memory[offset + (o * shape[axis] + a) * inner + i];
            }
        }
    }
    sums
}
