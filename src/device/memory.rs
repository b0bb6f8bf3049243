//! Numbers in the memory of a device.

use super::Gpu;
use crate::Result;
use crate::element::Element;
use std::marker::PhantomData;
use std::ops::Range;

/// Numbers of one type, side by side on a device. Who drops it gives the memory back.
pub struct Memory<T: Element> {
    gpu: Gpu,
    pointer: u64,
    length: usize,
    element: PhantomData<T>,
}

impl<T: Element> Memory<T> {
    /// Room for `length` numbers, none of them written yet.
    ///
    /// # Errors
    /// When the device has not so much memory left.
    pub fn unwritten(gpu: &Gpu, length: usize) -> Result<Memory<T>> {
        let pointer = gpu.allocate(length * T::BYTES)?;
        Ok(Memory { gpu: gpu.clone(), pointer, length, element: PhantomData })
    }

    /// A copy of these numbers.
    ///
    /// # Errors
    /// As [`unwritten`](Memory::unwritten), or when the device is lost.
    pub fn from_slice(gpu: &Gpu, numbers: &[T]) -> Result<Memory<T>> {
        let memory = Memory::unwritten(gpu, numbers.len())?;
        let mut bytes = Vec::with_capacity(numbers.len() * T::BYTES);
        numbers.iter().for_each(|number| number.write(&mut bytes));
        gpu.0.engine.write(memory.pointer, &bytes)?;
        Ok(memory)
    }

    /// The numbers, when all that was started before is done.
    ///
    /// # Errors
    /// What went wrong on the device.
    pub fn to_vec(&self) -> Result<Vec<T>> {
        self.part(0..self.length)
    }

    /// Some of the numbers, when all that was started before is done.
    ///
    /// # Errors
    /// What went wrong on the device.
    ///
    /// # Panics
    /// When there are not so many numbers.
    pub fn part(&self, range: Range<usize>) -> Result<Vec<T>> {
        assert!(range.end <= self.length, "{range:?} of {} numbers", self.length);
        let mut bytes = vec![0; range.len() * T::BYTES];
        let offset = (range.start * T::BYTES) as u64;
        self.gpu.0.engine.read(self.pointer, offset, &mut bytes)?;
        Ok(bytes.chunks_exact(T::BYTES).map(T::read).collect())
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The device.
    pub fn gpu(&self) -> &Gpu {
        &self.gpu
    }

    /// Where it begins: on a GPU its address, on the emulator a number that stands for one.
    pub fn address(&self) -> u64 {
        self.pointer
    }

    pub(super) fn pointer(&self) -> u64 {
        self.pointer
    }
}

impl<T: Element> Drop for Memory<T> {
    fn drop(&mut self) {
        self.gpu.free(self.pointer, self.length * T::BYTES);
    }
}
