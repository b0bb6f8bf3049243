//! Begins each sum with its first element, which need not be there.
//!
//! rejected by: an axis of size 0
//! says: a sum begins at 0

pub fn reduce_axis(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
    axis: usize,
) -> Vec<f64> {
    let mut starts = vec![offset];
    for (other, (size, stride)) in shape.iter().zip(strides).enumerate() {
        if other != axis {
            let along = |start: &usize| {
                let start = *start;
                (0..*size).map(move |i| start + i * stride)
            };
            starts = starts.iter().flat_map(along).collect();
        }
    }
    let sum = |start: usize| {
        let first = memory.get(start).copied().unwrap_or(0.0);
        (1..shape[axis]).fold(first, |sum, i| sum + memory[start + i * strides[axis]])
    };
    starts.into_iter().map(sum).collect()
}
