//! Walks the axes from the largest stride to the smallest, which is the order of the memory.
//!
//! rejected by: a turned matrix
//! says: the memory as it lies

pub fn contiguous(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
) -> Vec<f64> {
    let mut axes: Vec<(usize, usize)> =
        shape.iter().copied().zip(strides.iter().copied()).collect();
    axes.sort_by_key(|(_, stride)| std::cmp::Reverse(*stride));
    let size: usize = shape.iter().product();
    let place = |mut k: usize| {
        let mut place = offset;
        for (size, stride) in axes.iter().rev() {
            place += k % size * stride;
            k /= size;
        }
        place
    };
    (0..size).map(|k| memory[place(k)]).collect()
}
