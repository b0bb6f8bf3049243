//! Where an array's numbers lie: in the processor's memory, or in that of a device
//! (chapter 6), and the way from one to the other.

use super::{Array, Layout};
use crate::cpu::pool::Buffer;
use crate::device::{Device, Gpu, Memory, done};
use crate::element::Element;
use crate::{Error, Result};
use std::sync::Arc;

// ANCHOR: storage
/// A block of memory.
pub(super) enum Storage<T: Element> {
    /// The processor's.
    Cpu(Buffer<T>),
    /// A device's.
    Gpu(Memory<T>),
}
// ANCHOR_END: storage

impl<T: Element> Storage<T> {
    /// How many elements it holds.
    pub fn len(&self) -> usize {
        match self {
            Storage::Cpu(values) => values.len(),
            Storage::Gpu(memory) => memory.len(),
        }
    }
}

impl<T: Element> Array<T> {
    /// Where the numbers lie.
    pub fn device(&self) -> Device {
        self.gpu().map_or(Device::Cpu, |gpu| Device::Gpu(gpu.clone()))
    }

    /// The device that the numbers lie on, unless that is the processor.
    pub fn gpu(&self) -> Option<&Gpu> {
        match &*self.storage {
            Storage::Cpu(_) => None,
            Storage::Gpu(memory) => Some(memory.gpu()),
        }
    }

    /// Where the first element lies in a device's memory, for libraries that compute there;
    /// nothing on the processor.
    pub fn address(&self) -> Option<u64> {
        match &*self.storage {
            Storage::Cpu(_) => None,
            Storage::Gpu(memory) => {
                Some(memory.address() + (self.layout.offset() * T::BYTES) as u64)
            }
        }
    }

    // ANCHOR: to
    /// The same array on `device`: this one if it lies there, else a copy.
    ///
    /// # Errors
    /// When the device has not so much memory, or is lost; and for f64, with which devices
    /// do not compute here: `map(|x| x as f32)` first.
    ///
    /// ```
    /// use gradus::device::Device;
    /// use gradus::tensor::Array;
    /// let emulator = Device::emulator();
    /// let a = Array::new(vec![1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0], &[2, 3]).to(&emulator)?;
    /// let b = a.sum(&[1]); // on the emulator, by a kernel
    /// assert_eq!(b.device(), emulator);
    /// assert_eq!(b.to(&Device::Cpu)?.storage(), [6.0, 15.0]);
    /// # Ok::<(), gradus::Error>(())
    /// ```
    pub fn to(&self, device: &Device) -> Result<Array<T>> {
        if self.device() == *device {
            return Ok(self.clone());
        }
        // What is seen of a larger block goes alone; what is repeated goes once.
        let whole = match self.storage.len() <= self.size() {
            true => self.clone(),
            false => self.contiguous(),
        };
        let (start, size) = (whole.layout.offset(), self.size());
        let (range, layout) = match whole.layout.is_contiguous() {
            _ if size == 0 => (0..0, Layout::contiguous(self.shape())),
            true => (start..start + size, Layout::contiguous(self.shape())),
            false => (0..whole.storage.len(), whole.layout.clone()),
        };
        let storage = match (&*whole.storage, device) {
            (Storage::Cpu(values), Device::Gpu(gpu)) => {
                if T::BYTES != 4 {
                    return Err(Error::Device(format!(
                        "devices compute in f32 here, and this array holds {}",
                        T::NAME
                    )));
                }
                Storage::Gpu(Memory::from_slice(gpu, &values[range])?)
            }
            (Storage::Gpu(memory), _) => {
                let storage = Arc::new(Storage::Cpu(memory.part(range)?.into()));
                return Array { storage, layout }.to(device);
            }
            (Storage::Cpu(_), Device::Cpu) => unreachable!("it is there already"),
        };
        Ok(Array { storage: Arc::new(storage), layout })
    }
    // ANCHOR_END: to

    /// The numbers in the processor's memory.
    #[track_caller]
    pub(super) fn here(&self) -> Array<T> {
        done(self.to(&Device::Cpu))
    }

    /// The elements, row after row, if the processor can see them without waiting for a
    /// device; else none. What an operation is told by indices or targets is looked at so.
    pub fn seen(&self) -> Vec<T> {
        if self.gpu().is_none() { self.to_vec() } else { Vec::new() }
    }

    /// Makes this the only holder of memory in which it lies row after row, on its device.
    #[track_caller]
    pub(super) fn own(&mut self) {
        let alone = Arc::get_mut(&mut self.storage).is_some();
        if !alone || !self.layout.is_contiguous() || self.size() != self.storage.len() {
            *self = self.copied();
        }
    }

    /// This on the device on which an operation computes: itself if it is there; a single
    /// number, however often repeated, goes along with the others.
    ///
    /// # Panics
    /// When it lies elsewhere; `operation` is named.
    #[track_caller]
    pub fn along(&self, gpu: &Gpu, operation: &str) -> Array<T> {
        if self.gpu() == Some(gpu) {
            return self.clone();
        }
        assert!(
            self.gpu().is_none() && self.storage.len() <= 1,
            "{operation}: one array, of shape {:?}, lies on {}, and another on {}: bring them \
             to one device with `to`",
            self.shape(),
            self.device(),
            gpu.name()
        );
        match self.storage() {
            [] => self.beside(&Device::Gpu(gpu.clone())),
            // By a kernel: a copy would make the processor wait for the device.
            number => Array::filled_on(gpu, number[0], &[]).broadcast_to(self.shape()),
        }
    }

    /// This on `device`: for indices, masks and targets, which go along to where the numbers
    /// are that they are about.
    ///
    /// # Panics
    /// When the device cannot take it.
    #[track_caller]
    pub fn beside(&self, device: &Device) -> Array<T> {
        done(self.to(device))
    }
}
