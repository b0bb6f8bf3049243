//! What the tests of kernels share.
#![allow(dead_code)] // Not every test needs everything.

pub mod numpy;

use ptx_emulator::types::Type;
use ptx_emulator::{Buffer, Kernel, Machine, Program};

/// The bytes of numbers.
pub fn bytes(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// A buffer of numbers.
pub fn buffer(machine: &mut Machine, name: &str, values: &[f32]) -> Buffer {
    machine.buffer(name, Type::F32, &bytes(values))
}

/// The numbers in a buffer.
pub fn values(machine: &Machine, buffer: Buffer) -> Vec<f32> {
    let numbers = machine.read(buffer).chunks(4);
    numbers.map(|bytes| f32::from_le_bytes(bytes.try_into().expect("4 bytes"))).collect()
}

/// A file below the crate's root.
pub fn text(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A PTX file below the crate's root.
pub fn program(path: &str) -> Program {
    Program::parse(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The only kernel of a text.
pub fn kernel(program: &Program) -> &Kernel {
    program.kernels.values().next().expect("there is a kernel")
}
