//! Copies in any layout, and filled memory.

use super::launch::Launch;
use crate::device::{Gpu, Memory, done, kernels};
use crate::element::Element;
use crate::tensor::{Array, Layout};

impl<T: Element> Array<T> {
    /// Room on a device, in which nothing is written yet.
    ///
    /// # Panics
    /// When the device has not so much memory left.
    #[track_caller]
    pub fn unwritten(gpu: &Gpu, shape: &[usize]) -> Array<T> {
        let size = shape.iter().product();
        Array::on_device(done(Memory::unwritten(gpu, size)), shape)
    }

    /// The same value everywhere, on a device, each element in its own place.
    ///
    /// # Panics
    /// When the device has not so much memory left.
    #[track_caller]
    pub fn filled_on(gpu: &Gpu, value: T, shape: &[usize]) -> Array<T> {
        let y = Array::unwritten(gpu, shape);
        let launch = Launch::new(gpu, &kernels::COPY, "fill").array("to", &y);
        launch.number(value).count(y.size()).each(y.size());
        y
    }

    /// Zeros of this shape, where this lies.
    ///
    /// # Panics
    /// When the device has not so much memory left.
    #[track_caller]
    pub fn zeros_like(&self) -> Array<T> {
        match self.gpu() {
            None => Array::zeros(self.shape()),
            Some(gpu) => Array::filled_on(gpu, T::default(), self.shape()),
        }
    }

    /// The same elements on the same device, row after row in memory of their own.
    #[track_caller]
    pub(in crate::tensor) fn copied(&self) -> Array<T> {
        let gpu = self.gpu().expect("the caller has seen that it lies on a device");
        let y = Array::unwritten(gpu, self.shape());
        place(&y, y.layout(), self);
        y
    }
}

/// Copies an array to those places of another that a layout of its shape names.
#[track_caller]
pub(in crate::tensor) fn place<T: Element>(
    to: &Array<T>,
    places: &Layout,
    from: &Array<T>,
) {
    let gpu = to.gpu().expect("the caller has seen that it lies on a device");
    let launch = Launch::new(gpu, &kernels::COPY_STRIDED, "copy_strided");
    let target = to.view(places.clone());
    launch.view("from", from).view("to", &target).count(from.size()).each(from.size());
}
