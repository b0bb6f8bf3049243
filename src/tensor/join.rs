//! Arrays end to end, and with a margin.

use super::on_device::copies;
use super::walk::walk;
use super::{Array, Layout};
use crate::cpu::pool::{filled, scratch};
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
        let whole = Layout::contiguous(&shape);
        let mut starts = 0;
        let parts = arrays.iter().map(|array| {
            let (start, length) = (starts, array.shape()[axis]);
            starts += length;
            (whole.narrow(axis, start, length), array)
        });
        if let Some(gpu) = arrays.iter().find_map(Array::gpu) {
            let y = Array::unwritten(gpu, &shape);
            parts.for_each(|(places, x)| {
                copies::place(&y, &places, &x.along(gpu, "concat"))
            });
            return y;
        }
        let mut values = scratch(whole.size());
        parts.for_each(|(places, array)| place(&mut values, &places, array));
        Array::new(values, &shape)
    }

    /// This with `before` entries in front of it along `axis` and `after` behind it, all
    /// of them `value`.
    ///
    /// # Panics
    /// When there is no such axis.
    #[track_caller]
    pub fn pad(&self, axis: usize, before: usize, after: usize, value: T) -> Array<T> {
        let mut shape = self.shape().to_vec();
        assert!(
            axis < shape.len(),
            "pad: there is no axis {axis} in the shape {shape:?}"
        );
        let length = shape[axis];
        shape[axis] = before + length + after;
        let whole = Layout::contiguous(&shape);
        if let Some(gpu) = self.gpu() {
            let y = Array::filled_on(gpu, value, &shape);
            copies::place(&y, &whole.narrow(axis, before, length), self);
            return y;
        }
        let mut values = filled(value, whole.size());
        place(&mut values, &whole.narrow(axis, before, length), self);
        Array::new(values, &shape)
    }
}

/// Copies an array to the places that a layout of its shape names.
fn place<T: Element>(values: &mut [T], places: &Layout, array: &Array<T>) {
    walk([places, array.layout()], |run| {
        let ([to, from], n) = (run.start, run.length);
        let (values, source) = (&mut values[to..], &array.storage()[from..]);
        match run.step {
            [1, 1] => values[..n].copy_from_slice(&source[..n]),
            [p, q] => (0..n).for_each(|k| values[k * p] = source[k * q]),
        }
    });
}
