//! Arrays end to end.

use super::Array;
use crate::element::Element;

impl<T: Element> Array<T> {
    /// The arrays one after the other along `axis`.
    ///
    /// # Panics
    /// When there is none, or their shapes differ in another axis.
    #[track_caller]
    pub fn concat(arrays: &[Array<T>], axis: usize) -> Array<T> {
        assert!(!arrays.is_empty(), "concat: there are no arrays");
        let first = arrays[0].shape();
        assert!(
            axis < first.len(),
            "concat: there is no axis {axis} in the shape {first:?}"
        );
        for array in arrays {
            let (a, b) = (first, array.shape());
            let fits = a.len() == b.len()
                && (0..a.len()).all(|other| other == axis || a[other] == b[other]);
            assert!(fits, "concat: {a:?} and {b:?} may differ in axis {axis} only");
        }
        let mut shape = first.to_vec();
        shape[axis] = arrays.iter().map(|array| array.shape()[axis]).sum();
        let outer: usize = first[..axis].iter().product();
        let pieces: Vec<(Vec<T>, usize)> = arrays
            .iter()
            .map(|array| (array.to_vec(), array.size() / outer.max(1)))
            .collect();
        let mut values = Vec::with_capacity(shape.iter().product());
        for block in 0..outer {
            for (piece, width) in &pieces {
                values.extend_from_slice(&piece[block * width..(block + 1) * width]);
            }
        }
        Array::new(values, &shape)
    }
}
