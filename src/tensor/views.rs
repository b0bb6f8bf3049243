//! Views: the same memory under another layout.

use super::{Array, Layout};
use crate::element::Element;
use std::ops::Range;

impl<T: Element> Array<T> {
    // ANCHOR: view
    /// A view under another layout.
    pub(super) fn view(&self, layout: Layout) -> Array<T> {
        Array { storage: self.storage.clone(), layout }
    }
    // ANCHOR_END: view

    // ANCHOR: reshape
    /// The same elements in the same order under another shape: a view where strides can
    /// say it, a copy where not.
    ///
    /// # Panics
    /// When the shape holds another number of elements.
    #[track_caller]
    pub fn reshape(&self, shape: &[usize]) -> Array<T> {
        match self.layout.reshape(shape) {
            Some(layout) => self.view(layout),
            None => self.contiguous().reshape(shape),
        }
    }
    // ANCHOR_END: reshape

    /// All rows of the last axis under one another: `[.., D] → [N, D]`.
    ///
    /// # Panics
    /// When there is no axis.
    #[track_caller]
    pub fn flatten_rows(&self) -> Array<T> {
        let [outer @ .., width] = self.shape() else {
            panic!("flatten_rows: a number without axes has no rows");
        };
        self.reshape(&[outer.iter().product(), *width])
    }

    /// A view with the axes in another order.
    ///
    /// # Panics
    /// When `order` does not name every axis once.
    #[track_caller]
    pub fn permute(&self, order: &[usize]) -> Array<T> {
        self.view(self.layout.permute(order))
    }

    /// A view with two axes exchanged.
    ///
    /// # Panics
    /// When there is no such axis.
    #[track_caller]
    pub fn transpose(&self, a: usize, b: usize) -> Array<T> {
        let rank = self.rank();
        assert!(
            a < rank && b < rank,
            "transpose: axes {a} and {b} are not both in the shape {:?}",
            self.shape()
        );
        let mut order: Vec<usize> = (0..rank).collect();
        order.swap(a, b);
        self.permute(&order)
    }

    /// A view of the entries `range` of `axis`.
    ///
    /// # Panics
    /// When there is no such axis, or the range leaves it.
    #[track_caller]
    pub fn slice(&self, axis: usize, range: Range<usize>) -> Array<T> {
        assert!(
            axis < self.rank(),
            "slice: there is no axis {axis} in the shape {:?}",
            self.shape()
        );
        assert!(range.start <= range.end, "slice: {range:?} ends before it begins");
        assert!(
            range.end <= self.shape()[axis],
            "slice: {range:?} is outside of axis {axis} of the shape {:?}",
            self.shape()
        );
        self.view(self.layout.narrow(axis, range.start, range.end - range.start))
    }

    /// A view that repeats axes of size 1, and missing ones on the left.
    ///
    /// # Panics
    /// When a size is neither equal nor 1.
    #[track_caller]
    pub fn broadcast_to(&self, shape: &[usize]) -> Array<T> {
        match self.layout.broadcast_to(shape) {
            Some(layout) => self.view(layout),
            None => panic!(
                "broadcast_to: {:?} does not fit {shape:?}: matched from the right, each size must \
                 be equal or 1",
                self.shape()
            ),
        }
    }
}
