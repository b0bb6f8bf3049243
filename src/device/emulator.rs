//! The engine that runs everywhere: the PTX emulator. A mistake that it finds in a kernel is an
//! error of the launch.

use super::engine::Engine;
use super::kernel::{Argument, Arguments, Kernel, Shape};
use crate::{Error, Result};
use ptx_emulator::types::Type;
use ptx_emulator::{Buffer, Machine, Program, Settings};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(super) struct Emulator(Mutex<State>);

struct State {
    machine: Machine,
    programs: HashMap<String, Program>,
    /// The buffers by the numbers that stand for pointers here.
    buffers: HashMap<u64, Buffer>,
    next: u64,
    /// Bytes that are left.
    left: usize,
}

impl Emulator {
    pub fn new(settings: Settings, left: usize) -> Emulator {
        let machine = Machine::new(settings);
        let (programs, buffers) = (HashMap::new(), HashMap::new());
        Emulator(Mutex::new(State { machine, programs, buffers, next: 1, left }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves the machine as it was.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn buffer(&self, pointer: u64) -> Buffer {
        self.buffers[&pointer]
    }

    /// Reads a source the first time that it is used.
    fn prepare(&mut self, kernel: &Kernel) -> Result<()> {
        if self.programs.contains_key(&*kernel.source.name) {
            return Ok(());
        }
        let program = Program::parse(&kernel.source.ptx)
            .map_err(|error| Error::Device(format!("{}: {error}", kernel.source.name)))?;
        self.machine
            .load(&program)
            .map_err(|error| Error::Device(format!("{}: {error}", kernel.source.name)))?;
        self.programs.insert(kernel.source.name.to_string(), program);
        Ok(())
    }
}

impl Engine for Emulator {
    fn name(&self) -> String {
        "emulator".to_string()
    }

    // Every buffer is a new one of its very size: so accesses beyond its end, reads of what was
    // never written and uses of freed memory are all seen.
    fn allocate(&self, bytes: usize) -> Result<u64> {
        let mut state = self.state();
        let Some(left) = state.left.checked_sub(bytes) else {
            return Err(Error::Device(format!(
                "allocating {bytes} bytes: the emulator was given so little memory that only {} \
                 are left: use a smaller batch or model",
                state.left
            )));
        };
        state.left = left;
        let pointer = state.next;
        state.next += 1;
        let buffer = state.machine.unwritten("memory", Type::B8, bytes);
        state.buffers.insert(pointer, buffer);
        Ok(pointer)
    }

    fn free(&self, pointer: u64, bytes: usize) {
        let mut state = self.state();
        if let Some(buffer) = state.buffers.remove(&pointer) {
            state.machine.free(buffer);
            state.left += bytes;
        }
    }

    fn allocations(&self) -> usize {
        self.state().next as usize - 1
    }

    fn write(&self, pointer: u64, bytes: &[u8]) -> Result<()> {
        let mut state = self.state();
        let buffer = state.buffer(pointer);
        state.machine.write(buffer, bytes);
        Ok(())
    }

    fn read(&self, pointer: u64, offset: u64, bytes: &mut [u8]) -> Result<()> {
        let state = self.state();
        let memory = &state.machine.read(state.buffer(pointer))[offset as usize..];
        bytes.copy_from_slice(&memory[..bytes.len()]);
        Ok(())
    }

    fn launch(&self, kernel: &Kernel, shape: Shape, arguments: &Arguments) -> Result<()> {
        let mut state = self.state();
        state.prepare(kernel)?;
        let mut passed = Vec::new();
        for argument in &arguments.all {
            passed.push(match argument {
                Argument::Bytes(bytes) => ptx_emulator::Argument::Bytes(bytes.clone()),
                Argument::Memory { name, pointer, offset, .. } => {
                    let buffer = state.buffer(*pointer);
                    state.machine.rename(buffer, name);
                    ptx_emulator::Argument::Inside(buffer, *offset)
                }
            });
        }
        let State { machine, programs, .. } = &mut *state;
        let Some(code) = programs[&*kernel.source.name].kernels.get(kernel.name) else {
            return Err(Error::Device(format!("there is no {kernel}")));
        };
        let report = machine
            .launch(code, shape, &passed)
            .map_err(|error| Error::Device(format!("{kernel}: {error}")))?;
        if report.findings.is_empty() {
            return Ok(());
        }
        let found: Vec<String> =
            report.findings.iter().map(ToString::to_string).collect();
        Err(Error::Device(format!("{kernel} has mistakes:\n{}", found.join("\n"))))
    }

    fn synchronize(&self) -> Result<()> {
        Ok(())
    }
}
