//! The solution of `contiguous`.

/// All elements, row after row.
pub fn contiguous(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
) -> Vec<f64> {
    // gradus: solution
    let Some((size, inner)) = shape.split_first() else {
        return vec![memory[offset]];
    };
    let entry = |i| contiguous(memory, inner, &strides[1..], offset + i * strides[0]);
    (0..*size).flat_map(entry).collect()
    // gradus: skeleton
    // todo!("collect the elements, the last index fastest")
    // gradus: end
}
