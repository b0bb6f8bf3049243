//! Some axes of a shape as the rows of a matrix: what goes along these axes can then be done
//! by a kernel that knows rows alone.

use super::launch::Launch;
use crate::device::{Gpu, Source};
use crate::element::Element;
use crate::tensor::Array;

/// Where the elements along some axes stand in a row.
pub struct Rows {
    /// The axes, those that are gone along last.
    order: Vec<usize>,
    /// The size of each axis, in that order.
    sizes: Vec<usize>,
    /// How many of them are not gone along.
    outer: usize,
}

impl Rows {
    /// A row for each place of the other axes, with the elements along `axes`, which have
    /// been checked.
    pub fn along(shape: &[usize], axes: &[usize]) -> Rows {
        let others = (0..shape.len()).filter(|axis| !axes.contains(axis));
        let mut order: Vec<usize> = others.collect();
        let outer = order.len();
        // In their own order, whatever the order in which they were named.
        order.extend((0..shape.len()).filter(|axis| axes.contains(axis)));
        let sizes = order.iter().map(|axis| shape[*axis]).collect();
        Rows { order, sizes, outer }
    }

    /// A row for each place of `shrunk`, a shape in which the axes that are gone along have
    /// size 1. (Along an axis of size 1 there is nothing to go.)
    pub fn between(shape: &[usize], shrunk: &[usize]) -> Rows {
        let differs = |axis: &usize| shape[*axis] != shrunk[*axis];
        let axes: Vec<usize> = (0..shape.len()).filter(differs).collect();
        Rows::along(shape, &axes)
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.sizes[..self.outer].iter().product()
    }

    /// How many elements a row has.
    pub fn length(&self) -> usize {
        self.sizes[self.outer..].iter().product()
    }

    /// The elements of an array of the shape, or of one in which the axes have size 1, row
    /// after row in memory.
    #[track_caller]
    pub fn of<T: Element>(&self, array: &Array<T>) -> Array<T> {
        array.permute(&self.order).contiguous()
    }

    /// The opposite of [`of`](Rows::of): a view of the shape.
    #[track_caller]
    pub fn back<T: Element>(&self, rows: &Array<T>) -> Array<T> {
        self.ordered(rows.reshape(&self.sizes))
    }

    /// What has one element for each row: a view of the shape in which the axes have size 1.
    #[track_caller]
    pub fn heads<T: Element>(&self, of_rows: &Array<T>) -> Array<T> {
        let mut sizes = self.sizes.clone();
        sizes[self.outer..].fill(1);
        self.ordered(of_rows.reshape(&sizes))
    }

    /// A result for every element of `inputs`, arrays of the shape, or of one in which the
    /// axes have size 1. The kernel takes these, the result, and how many rows there are, of
    /// how many elements.
    #[track_caller]
    pub fn each<T: Element>(
        &self,
        gpu: &Gpu,
        source: &'static Source,
        kernel: &str,
        inputs: &[(&'static str, &Array<T>)],
    ) -> Array<T> {
        let y = Array::unwritten(gpu, &[self.count() * self.length()]);
        let launch = self.launch(gpu, source, kernel, inputs).array("result", &y);
        launch.rows_of(self).rows(self.count(), self.length());
        self.back(&y)
    }

    /// A launch that has been given the rows of arrays.
    #[track_caller]
    pub fn launch<'g, T: Element>(
        &self,
        gpu: &'g Gpu,
        source: &'static Source,
        kernel: &str,
        inputs: &[(&'static str, &Array<T>)],
    ) -> Launch<'g> {
        let mut launch = Launch::new(gpu, source, kernel);
        for (name, input) in inputs {
            launch = launch.array(name, &self.of(&input.along(gpu, kernel)));
        }
        launch
    }

    fn ordered<T: Element>(&self, array: Array<T>) -> Array<T> {
        let mut inverse = vec![0; self.order.len()];
        for (place, axis) in self.order.iter().enumerate() {
            inverse[*axis] = place;
        }
        array.permute(&inverse)
    }
}
