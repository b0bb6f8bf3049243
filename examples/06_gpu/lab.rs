//! The emulator as a microscope: a source, its kernels launched one by one, and what was counted.

use ptx_emulator::types::Type;
use ptx_emulator::{Argument, Buffer, Counts, Machine, Program, Report, Settings, Shape};

/// A program on a machine of its own, which counts.
pub struct Lab {
    program: Program,
    machine: Machine,
}

impl Lab {
    /// The emulator with all checks; with a seed it is pessimistic.
    pub fn new(ptx: &str, pessimistic: Option<u64>) -> Lab {
        let program = Program::parse(ptx).expect("committed PTX can be read");
        let settings = Settings { pessimistic, statistics: true, ..Settings::default() };
        let mut machine = Machine::new(settings);
        machine.load(&program).expect("its variables have a place");
        Lab { program, machine }
    }

    /// Numbers in the machine's memory.
    pub fn floats(&mut self, name: &str, numbers: &[f32]) -> Buffer {
        let bytes: Vec<u8> = numbers.iter().flat_map(|x| x.to_le_bytes()).collect();
        self.machine.buffer(name, Type::F32, &bytes)
    }

    /// Room in which nothing is written yet.
    pub fn room(&mut self, name: &str, element: Type, count: usize) -> Buffer {
        self.machine.unwritten(name, element, count)
    }

    /// Runs a kernel, whatever the emulator finds in it.
    pub fn report(
        &mut self,
        kernel: &str,
        shape: Shape,
        arguments: &[Argument],
    ) -> Report {
        let kernel = &self.program.kernels[kernel];
        self.machine.launch(kernel, shape, arguments).expect("it can be launched")
    }

    /// The same, and every instruction is kept.
    pub fn trace(
        &mut self,
        kernel: &str,
        shape: Shape,
        arguments: &[Argument],
    ) -> Report {
        self.machine.settings.trace = true;
        self.report(kernel, shape, arguments)
    }

    /// Runs a kernel in which there must be no mistake, and returns what was counted.
    pub fn counts(
        &mut self,
        kernel: &str,
        shape: Shape,
        arguments: &[Argument],
    ) -> Counts {
        let report = self.report(kernel, shape, arguments);
        let found: Vec<String> =
            report.findings.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{}", found.join("\n"));
        report.statistics.total
    }

    /// Words of 32 bits, as they lie in memory.
    pub fn words(&self, buffer: Buffer) -> Vec<u32> {
        let words = self.machine.read(buffer).chunks_exact(4);
        words
            .map(|word| u32::from_le_bytes(word.try_into().expect("four bytes")))
            .collect()
    }

    /// The same as floats.
    pub fn numbers(&self, buffer: Buffer) -> Vec<f32> {
        self.words(buffer).into_iter().map(f32::from_bits).collect()
    }
}

/// The small kernels that show who does what.
pub const STEPS: &str = include_str!("ptx/steps.ptx");
/// Sums in different orders.
pub const SUMS: &str = include_str!("ptx/sums.ptx");
/// Kernels with one mistake each.
pub const FAULTS: &str = include_str!("ptx/faults.ptx");
