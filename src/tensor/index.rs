//! Picking by index, and its opposite, adding by index.

use super::on_device::index::{Picks, pick, put};
use super::{Array, on_device};
use crate::cpu::pool::{filled, scratch};
use crate::element::{Element, Real};

impl<T: Element> Array<T> {
    /// `y[i, ..] = x[indices[i], ..]`: whole entries of the first axis. The result's shape is
    /// that of `indices`, followed by the other axes of this.
    ///
    /// # Panics
    /// When there is no axis, or an index is too large.
    #[track_caller]
    pub fn index_select(&self, indices: &Array<u32>) -> Array<T> {
        let (rows, width) = rows("index_select", self.shape());
        let shape = [indices.shape(), &self.shape()[1..]].concat();
        if let Some(gpu) = self.gpu() {
            checked_here("index_select", indices, rows, self.shape());
            let picks =
                Picks { outer: 1, size: rows, along: indices.size(), inner: width };
            return pick("index_select", self, gpu, indices, &picks, &shape);
        }
        let source = self.contiguous();
        let source = source.as_slice().expect("it is contiguous");
        let mut values = scratch(indices.size() * width);
        for (entry, index) in indices.to_vec().into_iter().enumerate() {
            let row = checked("index_select", index, rows, self.shape()) * width;
            let place = &mut values[entry * width..(entry + 1) * width];
            place.copy_from_slice(&source[row..row + width]);
        }
        Array::new(values, &shape)
    }

    /// `y[.., i, ..] = x[.., indices[.., i, ..], ..]` along `axis`; `indices` has this shape
    /// but for that axis.
    ///
    /// # Panics
    /// When the shapes do not fit so, or an index is too large.
    #[track_caller]
    pub fn gather(&self, axis: usize, indices: &Array<u32>) -> Array<T> {
        fit("gather", self.shape(), axis, indices);
        if let Some(gpu) = self.gpu() {
            checked_here("gather", indices, self.shape()[axis], self.shape());
            let picks = Picks::of(self.shape(), axis, indices);
            return pick("gather", self, gpu, indices, &picks, indices.shape());
        }
        let places = places("gather", self.shape(), axis, indices);
        let source = self.contiguous();
        let source = source.as_slice().expect("it is contiguous");
        Array::new(
            places.into_iter().map(|place| source[place]).collect(),
            indices.shape(),
        )
    }
}

impl<T: Real> Array<T> {
    /// The opposite of [`index_select`](Array::index_select): adds entry i of this to row
    /// `indices[i]` of an array of zeros of the given shape. Repeated indices accumulate.
    ///
    /// # Panics
    /// When the shapes do not fit, or an index is too large.
    #[track_caller]
    pub fn index_add(&self, indices: &Array<u32>, shape: &[usize]) -> Array<T> {
        let (rows, width) = rows("index_add", shape);
        let wanted = [indices.shape(), &shape[1..]].concat();
        assert!(
            self.shape() == wanted,
            "index_add: into {shape:?} by indices {:?} goes {wanted:?}, not {:?}",
            indices.shape(),
            self.shape()
        );
        if let Some(gpu) = on_device::common(&[self, indices]) {
            checked_here("index_add", indices, rows, shape);
            let picks =
                Picks { outer: 1, size: rows, along: indices.size(), inner: width };
            let dy = self.along(&gpu, "index_add");
            return put("index_select", &dy, &gpu, indices, &picks, shape);
        }
        let source = self.contiguous();
        let source = source.as_slice().expect("it is contiguous");
        let mut sums = filled(T::ZERO, rows * width);
        for (entry, index) in indices.to_vec().into_iter().enumerate() {
            let row = checked("index_add", index, rows, shape) * width;
            let source = &source[entry * width..(entry + 1) * width];
            sums[row..row + width].iter_mut().zip(source).for_each(|(s, x)| *s += *x);
        }
        Array::new(sums, shape)
    }

    /// The opposite of [`gather`](Array::gather): adds each element of this to the place of
    /// an array of zeros that it was gathered from.
    ///
    /// # Panics
    /// When the shapes do not fit, or an index is too large.
    #[track_caller]
    pub fn scatter_add(
        &self,
        axis: usize,
        indices: &Array<u32>,
        shape: &[usize],
    ) -> Array<T> {
        assert!(
            self.shape() == indices.shape(),
            "scatter_add: {:?} elements but {:?} indices",
            self.shape(),
            indices.shape()
        );
        fit("scatter_add", shape, axis, indices);
        if let Some(gpu) = on_device::common(&[self, indices]) {
            checked_here("scatter_add", indices, shape[axis], shape);
            let picks = Picks::of(shape, axis, indices);
            let dy = self.along(&gpu, "scatter_add");
            return put("gather", &dy, &gpu, indices, &picks, shape);
        }
        let mut sums = filled(T::ZERO, shape.iter().product());
        let places = places("scatter_add", shape, axis, indices);
        places.into_iter().zip(self.to_vec()).for_each(|(place, x)| sums[place] += x);
        Array::new(sums, shape)
    }
}

/// How many entries the first axis has, and how many elements each holds.
#[track_caller]
fn rows(operation: &str, shape: &[usize]) -> (usize, usize) {
    assert!(!shape.is_empty(), "{operation}: a scalar has no rows to choose from");
    (shape[0], shape[1..].iter().product())
}

#[track_caller]
fn checked(operation: &str, index: u32, size: usize, shape: &[usize]) -> usize {
    assert!(
        (index as usize) < size,
        "{operation}: index {index} is too large for an axis of size {size} (shape {shape:?})"
    );
    index as usize
}

/// Refuses indices that are too large, where the processor can see them.
#[track_caller]
fn checked_here(operation: &str, indices: &Array<u32>, size: usize, shape: &[usize]) {
    for index in indices.seen() {
        checked(operation, index, size, shape);
    }
}

/// Refuses indices of a shape that does not fit.
#[track_caller]
fn fit(operation: &str, shape: &[usize], axis: usize, indices: &Array<u32>) {
    let fits = |(a, (own, other)): (usize, (&usize, &usize))| a == axis || own == other;
    assert!(
        axis < shape.len()
            && indices.rank() == shape.len()
            && shape.iter().zip(indices.shape()).enumerate().all(fits),
        "{operation}: indices {:?} do not fit {shape:?}: they may differ in axis {axis} only",
        indices.shape()
    );
}

impl Picks {
    /// Indices of a shape that fits.
    fn of(shape: &[usize], axis: usize, indices: &Array<u32>) -> Picks {
        Picks {
            outer: shape[..axis].iter().product(),
            size: shape[axis],
            along: indices.shape()[axis],
            inner: shape[axis + 1..].iter().product(),
        }
    }
}

/// The position, row after row in `shape`, that each index along `axis` names.
#[track_caller]
fn places(
    operation: &str,
    shape: &[usize],
    axis: usize,
    indices: &Array<u32>,
) -> Vec<usize> {
    let inner: usize = shape[axis + 1..].iter().product();
    let along = indices.shape()[axis];
    let mut places = Vec::with_capacity(indices.size());
    // A loop: a closure would not hand the caller's place on.
    for (k, index) in indices.to_vec().into_iter().enumerate() {
        let index = checked(operation, index, shape[axis], shape);
        let (outer, within) = (k / (along * inner), k % inner);
        places.push((outer * shape[axis] + index) * inner + within);
    }
    places
}
