//! The matrix product, alone and in batches.

use super::{Array, broadcast_shape};
use crate::element::Real;

impl<T: Real> Array<T> {
    // ANCHOR: matmul
    /// C = A B: cᵢⱼ = Σₖ aᵢₖ bₖⱼ over the last two axes, `[.., M, K] × [.., K, N]`. The axes
    /// before them count matrices, and are broadcast.
    ///
    /// # Panics
    /// When an array has fewer than two axes, the inner sizes differ, or the axes before
    /// cannot be broadcast.
    ///
    /// ```
    /// use gradus::tensor::Array;
    /// let a = Array::new(vec![1.0, 2.0, 3.0, 4.0], &[2, 2]);
    /// let b = Array::new(vec![10.0, 20.0], &[2, 1]);
    /// assert_eq!(a.matmul(&b).to_vec(), [50.0, 110.0]);
    /// ```
    #[track_caller]
    pub fn matmul(&self, other: &Array<T>) -> Array<T> {
        let [m, k, n] = inner_sizes(self.shape(), other.shape());
        let batch = |shape: &[usize]| shape[..shape.len() - 2].to_vec();
        let (a, b) = (batch(self.shape()), batch(other.shape()));
        let Some(batch) = broadcast_shape(&a, &b) else {
            panic!(
                "matmul: the matrices of {:?} and {:?} cannot be paired: the axes before the \
                 last two must fit",
                self.shape(),
                other.shape()
            );
        };
        let with = |sizes: [usize; 2]| [&batch[..], &sizes].concat();
        let (a, b) =
            (self.broadcast_to(&with([m, k])), other.broadcast_to(&with([k, n])));
        let count: usize = batch.iter().product();
        let mut values = vec![T::ZERO; count * m * n];
        if !values.is_empty() && k > 0 {
            let strides = |array: &Array<T>| {
                let strides = array.layout().strides();
                [strides[strides.len() - 2] as isize, strides[strides.len() - 1] as isize]
            };
            let starts = |array: &Array<T>| first_of_each(array, batch.len());
            for (index, (i, j)) in starts(&a).into_iter().zip(starts(&b)).enumerate() {
                let c = &mut values[index * m * n..];
                let (a, b) =
                    ((&a.storage()[i..], strides(&a)), (&b.storage()[j..], strides(&b)));
                // SAFETY: a layout's elements all lie in its storage; C is a matrix of its own.
                unsafe {
                    T::gemm(
                        [m, k, n],
                        (a.0.as_ptr(), a.1),
                        (b.0.as_ptr(), b.1),
                        T::ZERO,
                        (c.as_mut_ptr(), [n as isize, 1]),
                    );
                }
            }
        }
        Array::new(values, &with([m, n]))
    }
    // ANCHOR_END: matmul
}

#[track_caller]
fn inner_sizes(a: &[usize], b: &[usize]) -> [usize; 3] {
    let ([.., m, k], [.., inner, n]) = (a, b) else {
        panic!("matmul: {a:?} and {b:?} must both have at least two axes");
    };
    assert!(
        k == inner,
        "matmul: {a:?} × {b:?}: the last axis of the first ({k}) must be as long as the last \
         but one of the second ({inner})"
    );
    [*m, *k, *n]
}

/// Where each matrix of a batch begins.
fn first_of_each<T: Real>(array: &Array<T>, batch: usize) -> Vec<usize> {
    let mut first = array.layout().clone();
    for axis in batch..array.rank() {
        first = first.narrow(axis, 0, 1);
    }
    let mut starts = Vec::new();
    super::walk::walk([&first], |run| {
        starts.extend((0..run.length).map(|k| run.start[0] + k * run.step[0]));
    });
    starts
}
