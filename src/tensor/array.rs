//! The array: a block of memory that may be shared, and a layout that says how to read it.

use super::Layout;
use super::storage::Storage;
use super::walk::fill;
use crate::cpu::pool::{filled, scratch};
use crate::device::{Memory, done};
use crate::element::Element;
use std::sync::Arc;

// ANCHOR: array
/// An n-dimensional array. Its clones and views share its memory; writing to it copies
/// first if somebody else would see the change.
#[derive(Clone)]
pub struct Array<T: Element> {
    pub(super) storage: Arc<Storage<T>>,
    pub(super) layout: Layout,
}
// ANCHOR_END: array

impl<T: Element> Array<T> {
    /// `values`, row after row, under `shape`.
    ///
    /// # Panics
    /// When there are more or fewer values than the shape holds.
    ///
    /// ```
    /// use gradus::tensor::Array;
    /// let a = Array::new(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[2, 3]);
    /// assert_eq!(a.transpose(0, 1).to_vec(), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    /// ```
    #[track_caller]
    pub fn new(values: Vec<T>, shape: &[usize]) -> Array<T> {
        let layout = Layout::contiguous(shape);
        assert!(
            values.len() == layout.size(),
            "Array::new: {} values do not fill the shape {shape:?}, which holds {}",
            values.len(),
            layout.size()
        );
        Array { storage: Arc::new(Storage::Cpu(values.into())), layout }
    }

    /// What lies row after row in a device's memory.
    pub(super) fn on_device(memory: Memory<T>, shape: &[usize]) -> Array<T> {
        let layout = Layout::contiguous(shape);
        Array { storage: Arc::new(Storage::Gpu(memory)), layout }
    }

    /// One number, without axes.
    pub fn scalar(value: T) -> Array<T> {
        Array::new(vec![value], &[])
    }

    /// The same value everywhere. It is held once: every stride is 0.
    pub fn full(value: T, shape: &[usize]) -> Array<T> {
        Array::scalar(value).broadcast_to(shape)
    }

    /// Zeros.
    pub fn zeros(shape: &[usize]) -> Array<T> {
        Array::new(filled(T::default(), shape.iter().product()), shape)
    }

    /// `f(0), f(1), …`, row after row.
    pub fn from_fn(shape: &[usize], f: impl FnMut(usize) -> T) -> Array<T> {
        Array::new((0..shape.iter().product()).map(f).collect(), shape)
    }

    /// The size of each axis.
    pub fn shape(&self) -> &[usize] {
        self.layout.shape()
    }

    /// Shape, strides and offset.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// How many axes there are.
    pub fn rank(&self) -> usize {
        self.layout.rank()
    }

    /// How many elements there are.
    pub fn size(&self) -> usize {
        self.layout.size()
    }

    /// The memory that this array and its views share.
    ///
    /// # Panics
    /// When that is a device's.
    #[track_caller]
    pub fn storage(&self) -> &[T] {
        match &*self.storage {
            Storage::Cpu(values) => values,
            Storage::Gpu(memory) => panic!(
                "the array of shape {:?} lies on {}, where the processor cannot read it: bring \
                 it back with `to(&Device::Cpu)`",
                self.shape(),
                memory.gpu().name()
            ),
        }
    }

    /// The element at `index`.
    ///
    /// # Panics
    /// When the index leaves the shape.
    #[track_caller]
    pub fn at(&self, index: &[usize]) -> T {
        self.storage()[self.layout.position(index)]
    }

    /// The only element.
    ///
    /// # Panics
    /// When there is not exactly one.
    #[track_caller]
    pub fn item(&self) -> T {
        assert!(
            self.size() == 1,
            "item: the shape {:?} does not hold one element",
            self.shape()
        );
        let place = self.layout.offset();
        match &*self.storage {
            Storage::Cpu(values) => values[place],
            Storage::Gpu(memory) => done(memory.part(place..place + 1))[0],
        }
    }

    /// The elements, row after row, if they lie so in the processor's memory.
    ///
    /// # Panics
    /// When they lie on a device.
    #[track_caller]
    pub fn as_slice(&self) -> Option<&[T]> {
        let start = self.layout.offset();
        self.layout.is_contiguous().then(|| match self.size() {
            0 => &[],
            size => &self.storage()[start..start + size],
        })
    }

    /// The elements, row after row.
    #[track_caller]
    pub fn to_vec(&self) -> Vec<T> {
        let here = self.here();
        let mut values = scratch(self.size());
        fill(&mut values, [&here.layout], &|values, run| {
            let ([start], [step], storage) = (run.start, run.step, here.storage());
            match step {
                0 => values.fill(storage[start]),
                1 => values.copy_from_slice(&storage[start..start + values.len()]),
                _ => {
                    let every = storage[start..].iter().step_by(step);
                    values.iter_mut().zip(every).for_each(|(value, x)| *value = *x);
                }
            }
        });
        values
    }

    /// The same elements, row after row in memory: itself if they lie so already.
    #[track_caller]
    pub fn contiguous(&self) -> Array<T> {
        if self.layout.is_contiguous() {
            return self.clone();
        }
        match self.gpu() {
            None => Array::new(self.to_vec(), self.shape()),
            Some(_) => self.copied(),
        }
    }

    // ANCHOR: make_mut
    /// The elements to be written to, row after row. They are copied first if they do not
    /// lie so, or if anyone else holds this memory.
    ///
    /// # Panics
    /// When they lie on a device.
    #[track_caller]
    pub fn make_mut(&mut self) -> &mut [T] {
        self.storage(); // refuses a device's memory
        let shared = Arc::get_mut(&mut self.storage).is_none();
        if shared || !self.layout.is_contiguous() || self.size() != self.storage.len() {
            *self = Array::new(self.to_vec(), self.shape());
        }
        match Arc::get_mut(&mut self.storage) {
            Some(Storage::Cpu(values)) => values,
            _ => unreachable!("it is the processor's, and nobody else holds it"),
        }
    }
    // ANCHOR_END: make_mut
}

impl<T: Element> PartialEq for Array<T> {
    /// Equal shapes and equal elements, wherever they lie.
    fn eq(&self, other: &Array<T>) -> bool {
        self.shape() == other.shape() && self.to_vec() == other.to_vec()
    }
}
