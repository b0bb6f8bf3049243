//! Sums, largest and smallest along axes.

use super::walk::walk;
use super::{Array, Layout, on_device};
use crate::cpu::pool::filled;
use crate::cpu::vector::vectorised;
use crate::element::{Element, Real};

/// How many partial sums run side by side: as wide as a vector register, so that the
/// processor adds them at once. The order is fixed, so the result is always the same.
const LANES: usize = 16;

// ANCHOR: lanes
/// The sum of a slice.
pub fn sum<T: Real>(values: &[T]) -> T {
    in_lanes(values, T::ZERO, |sum, x| sum + x)
}

/// The elements put together by `f`, which must not mind the order; `nothing` is what it
/// begins with.
fn in_lanes<T: Real>(values: &[T], nothing: T, f: impl Fn(T, T) -> T) -> T {
    vectorised(|| {
        let mut lanes = [nothing; LANES];
        let chunks = values.chunks_exact(LANES);
        let rest = chunks.remainder().iter().fold(nothing, |sum, x| f(sum, *x));
        for chunk in chunks {
            lanes.iter_mut().zip(chunk).for_each(|(lane, x)| *lane = f(*lane, *x));
        }
        lanes.iter().fold(rest, |sum, lane| f(sum, *lane))
    })
}
// ANCHOR_END: lanes

impl<T: Element> Array<T> {
    /// The shape after `axes` have shrunk to size 1.
    ///
    /// # Panics
    /// When there is no such axis, or one is named twice; `operation` is named.
    #[track_caller]
    pub fn shrunk(&self, axes: &[usize], operation: &str) -> Vec<usize> {
        let mut shape = self.shape().to_vec();
        for (position, axis) in axes.iter().enumerate() {
            assert!(
                *axis < self.rank(),
                "{operation}: there is no axis {axis} in the shape {:?}",
                self.shape()
            );
            assert!(
                !axes[..position].contains(axis),
                "{operation}: axis {axis} is named twice"
            );
            shape[*axis] = 1;
        }
        shape
    }

    /// Folds `axes`, which stay with size 1: every result begins with `start` and takes up
    /// its elements in order.
    ///
    /// # Panics
    /// When there is no such axis; `operation` is named.
    #[track_caller]
    pub fn fold<U: Element>(
        &self,
        axes: &[usize],
        operation: &str,
        start: U,
        f: impl Fn(U, T) -> U,
    ) -> Array<U> {
        let shape = self.shrunk(axes, operation);
        let mut values = filled(start, shape.iter().product());
        let places = repeated(&shape, self.shape());
        walk([self.layout(), &places], |run| {
            for k in 0..run.length {
                let place = &mut values[run.start[1] + k * run.step[1]];
                *place = f(*place, self.storage()[run.start[0] + k * run.step[0]]);
            }
        });
        Array::new(values, &shape)
    }
}

// ANCHOR: repeated
/// Where each element of `whole` belongs in the reduced `shape`: a contiguous layout that
/// is broadcast, so that all elements of a reduced axis share a place.
fn repeated(shape: &[usize], whole: &[usize]) -> Layout {
    let layout = Layout::contiguous(shape).broadcast_to(whole);
    layout.expect("a reduced shape has size 1 where it differs")
}
// ANCHOR_END: repeated

impl<T: Real> Array<T> {
    // ANCHOR: sum
    /// The sums along `axes`, which stay with size 1.
    ///
    /// # Panics
    /// When there is no such axis, or one is named twice.
    #[track_caller]
    pub fn sum(&self, axes: &[usize]) -> Array<T> {
        self.together(axes, "sum", T::ZERO, |sum, x| sum + x)
    }
    // ANCHOR_END: sum

    // ANCHOR: together
    /// Puts the elements along `axes` together by `f`, which must not mind the order. The
    /// order is the same however the array lies, since rounding does mind.
    #[track_caller]
    fn together(
        &self,
        axes: &[usize],
        operation: &str,
        nothing: T,
        f: impl Fn(T, T) -> T + Copy,
    ) -> Array<T> {
        let shape = self.shrunk(axes, operation);
        if let Some(gpu) = self.gpu() {
            return on_device::reduce::reduce(self, gpu, axes, &shape, operation);
        }
        let mut results = filled(nothing, shape.iter().product());
        let places = repeated(&shape, self.shape());
        let innermost = self.shape().iter().rposition(|size| *size != 1);
        // Runs along a reduced axis are added in lanes, and how long a run is depends on how
        // the array lies: put it into order first.
        let ordered = match innermost {
            Some(axis) if axes.contains(&axis) => self.contiguous(),
            _ => self.clone(),
        };
        walk([ordered.layout(), &places], |run| {
            let ([from, to], n) = (run.start, run.length);
            let values = &ordered.storage()[from..];
            match run.step {
                [1, 0] => {
                    results[to] = f(results[to], in_lanes(&values[..n], nothing, f))
                }
                [1, 1] => vectorised(|| {
                    let pairs = results[to..to + n].iter_mut().zip(values);
                    pairs.for_each(|(result, x)| *result = f(*result, *x));
                }),
                [p, q] => (0..n).for_each(|k| {
                    results[to + k * q] = f(results[to + k * q], values[k * p]);
                }),
            }
        });
        Array::new(results, &shape)
    }
    // ANCHOR_END: together

    // ANCHOR: sum_to
    /// The opposite of `broadcast_to`: adds up all copies of each element of `shape`.
    ///
    /// # Panics
    /// When `shape` cannot be broadcast to this shape.
    #[track_caller]
    pub fn sum_to(&self, shape: &[usize]) -> Array<T> {
        if self.shape() == shape {
            return self.clone();
        }
        assert!(
            Layout::contiguous(shape).broadcast_to(self.shape()).is_some(),
            "sum_to: {shape:?} cannot be broadcast to {:?}",
            self.shape()
        );
        let added = self.rank() - shape.len();
        let repeated = |axis: &usize| {
            *axis < added || shape[*axis - added] == 1 && self.shape()[*axis] != 1
        };
        let axes: Vec<usize> = (0..self.rank()).filter(repeated).collect();
        self.sum(&axes).reshape(shape)
    }
    // ANCHOR_END: sum_to

    /// The largest elements along `axes`, which stay with size 1; NaN where there is one,
    /// −∞ over nothing.
    ///
    /// # Panics
    /// When there is no such axis, or one is named twice.
    #[track_caller]
    pub fn max(&self, axes: &[usize]) -> Array<T> {
        let larger = |a: T, b: T| if b > a || b.is_nan() { b } else { a };
        self.together(axes, "max", -T::INFINITY, larger)
    }

    /// The smallest elements along `axes`, which stay with size 1; NaN where there is one,
    /// ∞ over nothing.
    ///
    /// # Panics
    /// When there is no such axis, or one is named twice.
    #[track_caller]
    pub fn min(&self, axes: &[usize]) -> Array<T> {
        let smaller = |a: T, b: T| if b < a || b.is_nan() { b } else { a };
        self.together(axes, "min", T::INFINITY, smaller)
    }

    /// The position of the largest element along `axis`, which is gone; the first of
    /// several, and the first NaN if there is one.
    ///
    /// # Panics
    /// When there is no such axis, or it is empty.
    #[track_caller]
    pub fn argmax(&self, axis: usize) -> Array<u32> {
        let mut shape = self.shrunk(&[axis], "argmax");
        let length = self.shape()[axis];
        assert!(length > 0, "argmax: axis {axis} of {:?} is empty", self.shape());
        shape.remove(axis);
        if let Some(gpu) = self.gpu() {
            return on_device::reduce::argmax(self, gpu, axis, &shape);
        }
        let mut order: Vec<usize> = (0..self.rank()).filter(|a| *a != axis).collect();
        order.push(axis);
        let rows = self.permute(&order).to_vec();
        let best = |row: &[T]| {
            let better = |best: usize, i: usize| {
                let (x, y) = (row[i], row[best]);
                if x > y || x.is_nan() && !y.is_nan() { i } else { best }
            };
            (1..row.len()).fold(0, better) as u32
        };
        Array::new(rows.chunks(length).map(best).collect(), &shape)
    }
}
