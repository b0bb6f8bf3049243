//! Sums, differences, products and quotients of elements, wherever they lie: the few
//! functions of two numbers that arrays have beside those of the operations.

use super::Array;
use super::on_device::{common, each, each_into};
use crate::device::{Arguments, Gpu, kernels};
use crate::element::Real;

impl<T: Real> Array<T> {
    /// a + b, the shapes broadcast to each other.
    ///
    /// # Panics
    /// When the shapes do not fit; `operation` is named.
    #[track_caller]
    pub fn plus(&self, other: &Array<T>, operation: &str) -> Array<T> {
        match common(&[self, other]) {
            None => self.zip(other, operation, |a, b| a + b),
            Some(gpu) => self.paired(other, &gpu, operation, "add_value"),
        }
    }

    /// a − b, the shapes broadcast to each other.
    ///
    /// # Panics
    /// When the shapes do not fit; `operation` is named.
    #[track_caller]
    pub fn minus(&self, other: &Array<T>, operation: &str) -> Array<T> {
        match common(&[self, other]) {
            None => self.zip(other, operation, |a, b| a - b),
            Some(gpu) => self.paired(other, &gpu, operation, "sub_value"),
        }
    }

    /// Every element times the same number.
    #[track_caller]
    pub fn times(&self, factor: T) -> Array<T> {
        match self.gpu() {
            None => self.map(|x| x * factor),
            Some(gpu) => self.paired(&Array::scalar(factor), gpu, "times", "mul_value"),
        }
    }

    /// Every element divided by the same number.
    #[track_caller]
    pub fn over(&self, divisor: T) -> Array<T> {
        match self.gpu() {
            None => self.map(|x| x / divisor),
            Some(gpu) => self.paired(&Array::scalar(divisor), gpu, "over", "div_value"),
        }
    }

    /// self ← self + other, in place where nobody else holds the memory. `other` is
    /// broadcast to this shape.
    ///
    /// # Panics
    /// When it cannot be; `operation` is named.
    #[track_caller]
    pub fn add(&mut self, other: &Array<T>, operation: &str) {
        match common(&[self, other]) {
            None => self.update(other, operation, |x, y| x + y),
            Some(gpu) => {
                if self.gpu().is_none() {
                    *self = self.along(&gpu, operation);
                }
                self.own();
                let other =
                    other.along(&gpu, operation).as_part_of(self.shape(), operation);
                // A thread reads an element before it writes it, and nobody else does.
                let operands = [("a", self as _), ("b", &other as _)];
                let (source, settings) = (&kernels::ELEMENTWISE_PAIRS, Arguments::new());
                each_into(self, source, "add_value".into(), &operands, settings);
            }
        }
    }

    /// f of every pair, by the kernel of that name in `elementwise_pairs.cu`.
    #[track_caller]
    pub fn paired(
        &self,
        other: &Array<T>,
        gpu: &Gpu,
        operation: &str,
        kernel: &str,
    ) -> Array<T> {
        let (a, b) = (self.along(gpu, operation), other.along(gpu, operation));
        let (a, b) = a.pair(&b, operation);
        let operands = [("a", &a as _), ("b", &b as _)];
        each(&kernels::ELEMENTWISE_PAIRS, kernel.into(), &operands, Arguments::new())
    }
}
