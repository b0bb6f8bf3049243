//! A tensor that training changes, and whether it may.

use crate::autograd::{Gradients, TensorOf};
use crate::device::Device;
use crate::element::Real;
use crate::tensor::Array;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

// ANCHOR: parameter
/// A weight of a model. Clones are the same parameter: that is how two layers share one
/// (a tied head), how an optimizer holds what it updates, and how several threads compute
/// gradients of one model.
#[derive(Clone)]
pub struct Parameter<T: Real> {
    shared: Arc<Shared<T>>,
}

struct Shared<T: Real> {
    /// The leaf of the graph that stands for this parameter, and the value it had when it
    /// was made: only its node is used.
    leaf: TensorOf<T>,
    value: RwLock<Array<T>>,
    trainable: AtomicBool,
}
// ANCHOR_END: parameter

impl<T: Real> Parameter<T> {
    /// A trainable parameter that begins as `value`.
    pub fn new(value: Array<T>) -> Parameter<T> {
        let leaf = TensorOf::leaf(value.shape());
        let (value, trainable) = (RwLock::new(value), AtomicBool::new(true));
        Parameter { shared: Arc::new(Shared { leaf, value, trainable }) }
    }

    /// Its value as a tensor: with a place in the graph if it is trainable, without one if
    /// it is frozen, so that a frozen parameter costs no gradient work.
    pub fn tensor(&self) -> TensorOf<T> {
        let value = self.value();
        if self.is_trainable() {
            self.shared.leaf.with_value(value)
        } else {
            value.into()
        }
    }

    /// Its value.
    pub fn value(&self) -> Array<T> {
        self.read().clone()
    }

    // A change that panicked (a device was full) has left a value, the old one or the new.
    fn read(&self) -> RwLockReadGuard<'_, Array<T>> {
        self.shared.value.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Array<T>> {
        self.shared.value.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The size of each axis.
    pub fn shape(&self) -> Vec<usize> {
        self.shared.leaf.shape().to_vec()
    }

    /// How many numbers it holds.
    pub fn size(&self) -> usize {
        self.shared.leaf.size()
    }

    /// Puts another value in its place, on the device where this one lies.
    ///
    /// # Panics
    /// When the shape is another, or the device cannot take it.
    #[track_caller]
    pub fn set(&self, value: Array<T>) {
        assert!(
            value.shape() == self.shape(),
            "a parameter of shape {:?} cannot take a value of shape {:?}",
            self.shape(),
            value.shape()
        );
        self.hold(value.beside(&self.device()));
    }

    /// Holds this value, of the same shape, wherever it lies.
    pub(super) fn hold(&self, value: Array<T>) {
        *self.write() = value;
    }

    /// Where its numbers lie.
    pub fn device(&self) -> Device {
        self.read().device()
    }

    /// Changes its numbers in place. Whoever still holds an earlier value keeps it.
    ///
    /// # Panics
    /// When they lie on a device, where the processor cannot reach them.
    #[track_caller]
    pub fn update(&self, change: impl FnOnce(&mut [T])) {
        self.change(|value| change(value.make_mut()));
    }

    /// Changes its value, wherever that lies; the shape must stay.
    #[track_caller]
    pub(crate) fn change(&self, change: impl FnOnce(&mut Array<T>)) {
        let mut value = self.write();
        change(&mut value);
        assert!(value.shape() == self.shape(), "a parameter's shape cannot change");
    }

    /// The gradient with respect to it, if the loss depends on it and it is trainable.
    pub fn gradient<'a>(&self, gradients: &'a Gradients<T>) -> Option<&'a Array<T>> {
        gradients.of(&self.shared.leaf)
    }

    /// Whether training may change it.
    pub fn is_trainable(&self) -> bool {
        self.shared.trainable.load(Ordering::Relaxed)
    }

    /// Freezes it, or thaws it.
    pub fn set_trainable(&self, trainable: bool) {
        self.shared.trainable.store(trainable, Ordering::Relaxed);
    }

    /// Whether both are the same parameter.
    pub fn is(&self, other: &Parameter<T>) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }
}
