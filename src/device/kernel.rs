//! A kernel: which, of what shape, on what.

use super::Gpu;
use super::memory::Memory;
use crate::element::Element;
use std::borrow::Cow;
use std::fmt;

pub use ptx_emulator::Shape;

/// A PTX text with kernels in it.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it is called. Two texts of one name must be the same.
    pub name: Cow<'static, str>,
    /// The text.
    pub ptx: Cow<'static, str>,
}

/// A kernel of a source.
#[derive(Clone, Debug)]
pub struct Kernel<'s> {
    /// The text that it stands in.
    pub source: &'s Source,
    /// Its name there.
    pub name: &'s str,
}

impl fmt::Display for Kernel<'_> {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "kernel `{}` of {}", self.name, self.source.name)
    }
}

/// What a kernel is given, in the order of its parameters.
#[derive(Default)]
pub struct Arguments {
    pub(super) all: Vec<Argument>,
}

/// One of them.
pub(super) enum Argument {
    /// An address: so many bytes into memory, under a name for messages.
    Memory { name: &'static str, gpu: Gpu, pointer: u64, offset: u64 },
    /// A number or a structure.
    Bytes(Vec<u8>),
}

impl Arguments {
    /// None yet.
    pub fn new() -> Arguments {
        Arguments::default()
    }

    /// Adds memory that the kernel reads or writes; the name serves messages.
    pub fn memory<T: Element>(self, name: &'static str, memory: &Memory<T>) -> Arguments {
        self.memory_from(name, memory, 0)
    }

    /// The same from element number `first` on.
    pub fn memory_from<T: Element>(
        mut self,
        name: &'static str,
        memory: &Memory<T>,
        first: usize,
    ) -> Arguments {
        let (gpu, pointer) = (memory.gpu().clone(), memory.pointer());
        let offset = (first * T::BYTES) as u64;
        self.all.push(Argument::Memory { name, gpu, pointer, offset });
        self
    }

    /// Adds a number of elements, which has 64 bits.
    pub fn count(self, count: usize) -> Arguments {
        self.bytes((count as u64).to_le_bytes().to_vec())
    }

    /// Adds a number.
    pub fn number<T: Element>(mut self, number: T) -> Arguments {
        let mut bytes = Vec::with_capacity(T::BYTES);
        number.write(&mut bytes);
        self.all.push(Argument::Bytes(bytes));
        self
    }

    /// Adds a structure, as its bytes.
    pub fn bytes(mut self, bytes: Vec<u8>) -> Arguments {
        self.all.push(Argument::Bytes(bytes));
        self
    }

    /// Adds all of the others.
    pub fn and(mut self, others: Arguments) -> Arguments {
        self.all.extend(others.all);
        self
    }

    /// The devices that the memories lie on.
    pub(super) fn memories(&self) -> impl Iterator<Item = &Gpu> {
        self.all.iter().filter_map(|argument| match argument {
            Argument::Memory { gpu, .. } => Some(gpu),
            Argument::Bytes(_) => None,
        })
    }
}
