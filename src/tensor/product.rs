//! The matrix product, alone and in batches.

use super::walk::walk;
use super::{Array, broadcast_shape, on_device};
use crate::cpu::parts;
use crate::cpu::pool::scratch;
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
        // ANCHOR_END: matmul
        let batch = |shape: &[usize]| shape[..shape.len() - 2].to_vec();
        if self.rank() > 2 && other.rank() == 2 {
            // The same matrix for all: one product of all rows.
            let shape = [&self.shape()[..self.rank() - 1], &[n]].concat();
            return self.flatten_rows().matmul(other).reshape(&shape);
        }
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
        // ANCHOR: broadcast
        let (a, b) =
            (self.broadcast_to(&with([m, k])), other.broadcast_to(&with([k, n])));
        // ANCHOR_END: broadcast
        if let Some(gpu) = on_device::common(&[&a, &b]) {
            let (a, b) = (a.along(&gpu, "matmul"), b.along(&gpu, "matmul"));
            return on_device::product::matmul(&a, &b, &gpu);
        }
        let count: usize = batch.iter().product();
        if count * m * k * n == 0 {
            return Array::zeros(&with([m, n])); // no sums, or sums over nothing
        }
        let mut values = scratch(count * m * n);
        let matrices = values.chunks_mut(m * n).zip(first_of_each(&a, batch.len()));
        let tasks =
            matrices.zip(first_of_each(&b, batch.len())).map(|((c, i), j)| Product {
                shape: [m, k, n],
                a: (&raw const a.storage()[i], row_and_column(&a)),
                b: (&raw const b.storage()[j], row_and_column(&b)),
                c: (c.as_mut_ptr(), [n as isize, 1]),
            });
        let size = count * m * k * n / AT_ONCE;
        let tasks = if count == 1 && parts::parts(size) > 1 {
            tasks.flat_map(|task| task.cut(parts::parts(size))).collect()
        } else {
            tasks.collect()
        };
        // SAFETY: a layout's elements all lie in its storage; every C is a matrix of its own.
        parts::for_each(tasks, size, &|task: Product<T>| unsafe { task.compute() });
        Array::new(values, &with([m, n]))
    }
}

/// One product of two matrices, each of which lies in memory with any strides.
#[derive(Clone, Copy)]
struct Product<T> {
    shape: [usize; 3],
    a: (*const T, [isize; 2]),
    b: (*const T, [isize; 2]),
    c: (*mut T, [isize; 2]),
}

// SAFETY: the pointers are read and written in `compute` alone, whose caller answers for it.
unsafe impl<T: Real> Send for Product<T> {}

impl<T: Real> Product<T> {
    /// The same in parts of whole rows or whole columns of C, whichever are more. No sum is
    /// cut, so that no result depends on it.
    fn cut(self, count: usize) -> Vec<Product<T>> {
        let [m, k, n] = self.shape;
        let longer = m.max(n);
        let count = count.min(longer.div_ceil(SMALLEST));
        let bound =
            |part: usize| (longer * part / count).next_multiple_of(WIDTH).min(longer);
        let part = |part: usize| {
            let (start, length) = (bound(part), bound(part + 1) - bound(part));
            let (mut task, offset) = (self, start as isize);
            // SAFETY: `start` is a row or column of the matrix.
            unsafe {
                if m > n {
                    task.shape = [length, k, n];
                    task.a.0 = self.a.0.offset(offset * self.a.1[0]);
                    task.c.0 = self.c.0.offset(offset * self.c.1[0]);
                } else {
                    task.shape = [m, k, length];
                    task.b.0 = self.b.0.offset(offset * self.b.1[1]);
                    task.c.0 = self.c.0.offset(offset * self.c.1[1]);
                }
            }
            task
        };
        (0..count).map(part).collect()
    }

    /// C ← A B.
    ///
    /// # Safety
    /// What [`Real::gemm`] asks for.
    unsafe fn compute(self) {
        // SAFETY: the caller's promise.
        unsafe { T::gemm(self.shape, self.a, self.b, T::ZERO, self.c) }
    }
}

/// So many products of two numbers take about as long as visiting one element.
const AT_ONCE: usize = 32;

/// A part has at least so many rows or columns, and begins at a multiple of that width, so
/// that vector registers are full.
const SMALLEST: usize = 32;
const WIDTH: usize = 16;

// ANCHOR: row_and_column
/// How far apart rows and columns lie.
fn row_and_column<T: Real>(array: &Array<T>) -> [isize; 2] {
    let strides = array.layout().strides();
    [strides[strides.len() - 2] as isize, strides[strides.len() - 1] as isize]
}
// ANCHOR_END: row_and_column

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
    walk([&first], |run| {
        starts.extend((0..run.length).map(|k| run.start[0] + k * run.step[0]));
    });
    starts
}
