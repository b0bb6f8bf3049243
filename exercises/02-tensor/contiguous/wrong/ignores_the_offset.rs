//! Begins at the beginning of the memory.
//!
//! rejected by: a piece from the middle
//! says: the offset is ignored

pub fn contiguous(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
) -> Vec<f64> {
    let size: usize = shape.iter().product();
    let place = |mut k: usize| {
        let mut place = 0;
        for (size, stride) in shape.iter().zip(strides).rev() {
            place += k % size * stride;
            k /= size;
        }
        place
    };
    (0..size).map(|k| memory[place(k)]).collect()
}
