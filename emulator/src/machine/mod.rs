//! The machine: memory on the device, and kernels that run on it.

mod access;
mod barrier;
mod block;
mod carry;
mod check;
mod collective;
mod context;
mod execute;
mod flow;
mod groups;
mod launch;
mod locate;
mod order;
mod start;
mod warp;

use crate::error::{Error, Result};
use crate::finding::{Finding, Kind};
use crate::memory::{Home, Region, at_home, generic};
use crate::parse::{Initial, Space, Variable};
use crate::program::{Kernel, Program};
use crate::settings::Settings;
use crate::statistics::Statistics;
use crate::trace::Step;
use crate::types::Type;
use std::collections::HashMap;

/// A buffer in the machine's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Buffer(usize);

/// What is passed to a parameter of a kernel.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// The address of a buffer.
    Buffer(Buffer),
    /// The address of an element of a buffer: so many bytes from its start.
    Inside(Buffer, u64),
    /// A number or a structure, as its bytes.
    Bytes(Vec<u8>),
}

macro_rules! numbers {
    ($($number:ty)*) => { $(
        impl From<$number> for Argument {
            fn from(value: $number) -> Argument {
                Argument::Bytes(value.to_le_bytes().to_vec())
            }
        }
    )* };
}

numbers! { u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 }

impl From<Buffer> for Argument {
    fn from(buffer: Buffer) -> Argument {
        Argument::Buffer(buffer)
    }
}

/// How many blocks, and of how many threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Blocks in x, y, z.
    pub grid: [u32; 3],
    /// Threads of a block in x, y, z.
    pub block: [u32; 3],
    /// Bytes of dynamic shared memory for each block.
    pub shared: u32,
}

impl Shape {
    /// A row of `blocks` blocks of `threads` threads.
    pub fn row(blocks: u32, threads: u32) -> Shape {
        Shape { grid: [blocks, 1, 1], block: [threads, 1, 1], shared: 0 }
    }
}

/// What a launch showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The mistakes, in the order in which they were met.
    pub findings: Vec<Finding>,
    /// What is allowed and yet worth knowing.
    pub lints: Vec<Finding>,
    /// What was counted.
    pub statistics: Statistics,
    /// What was executed, in this order, if `Settings::trace` asks for it.
    pub trace: Vec<Step>,
}

impl Report {
    /// The first finding of this kind.
    pub fn find(&self, kind: Kind) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.kind == kind)
    }
}

/// A GPU that is none.
pub struct Machine {
    /// How kernels run from now on.
    pub settings: Settings,
    /// Buffers and variables; a freed one leaves its place empty, so that no address means two.
    regions: Vec<Option<Region>>,
    /// Where the variables of loaded programs lie, by program and name.
    variables: HashMap<(u64, String), usize>,
    /// Blocks that ran so far.
    blocks: u32,
}

impl Machine {
    /// A machine with empty memory.
    pub fn new(settings: Settings) -> Machine {
        Machine { settings, regions: Vec::new(), variables: HashMap::new(), blocks: 0 }
    }

    /// A buffer with these bytes. Its name and the type of its elements serve messages.
    pub fn buffer(&mut self, name: &str, element: Type, bytes: &[u8]) -> Buffer {
        self.add(Region::new(name, element, bytes.to_vec()))
    }

    /// A buffer of `count` elements in which nothing was written yet.
    pub fn unwritten(&mut self, name: &str, element: Type, count: usize) -> Buffer {
        self.add(Region::unwritten(name, element, count * element.size()))
    }

    fn add(&mut self, region: Region) -> Buffer {
        self.regions.push(Some(region));
        Buffer(self.regions.len() - 1)
    }

    /// The bytes of a buffer; none if it was freed.
    pub fn read(&self, buffer: Buffer) -> &[u8] {
        self.regions[buffer.0].as_ref().map_or(&[], |region| &region.bytes)
    }

    /// The first byte of a buffer that was never written.
    pub fn first_unwritten(&self, buffer: Buffer) -> Option<usize> {
        let region = self.regions[buffer.0].as_ref()?;
        region.first_unwritten(0, region.bytes.len())
    }

    /// From now on, a kernel that writes to this buffer makes a mistake.
    pub fn set_read_only(&mut self, buffer: Buffer) {
        if let Some(region) = &mut self.regions[buffer.0] {
            region.read_only = true;
        }
    }

    /// Replaces the bytes of a buffer.
    ///
    /// # Panics
    ///
    /// If there are more or fewer than the buffer has, or it was freed.
    pub fn write(&mut self, buffer: Buffer, bytes: &[u8]) {
        self.regions[buffer.0].as_mut().expect("the buffer was not freed").fill(bytes);
    }

    /// Gives a buffer another name for messages.
    pub fn rename(&mut self, buffer: Buffer, name: &str) {
        if let Some(region) = &mut self.regions[buffer.0] {
            region.name = name.to_string();
        }
    }

    /// Gives a buffer back. Who uses it afterwards is told so.
    pub fn free(&mut self, buffer: Buffer) {
        self.regions[buffer.0] = None;
    }

    /// Puts the variables of a program into memory. They keep their contents from launch to
    /// launch, until the program is loaded again.
    ///
    /// # Errors
    ///
    /// An initialiser that names a variable that is not there.
    pub fn load(&mut self, program: &Program) -> Result<()> {
        let mut added = Vec::new();
        for variable in &program.variables {
            if !matches!(variable.space, Space::Global | Space::Const) {
                continue;
            }
            if variable.bytes() > 1 << 30 {
                return text(
                    variable,
                    format!("`{}` is larger than 1 GiB", variable.name),
                );
            }
            let mut region = Region::new(
                &variable.name,
                variable.element,
                vec![0; variable.bytes() as usize],
            );
            region.read_only = variable.space == Space::Const;
            let buffer = self.add(region);
            self.variables.insert((program.id, variable.name.clone()), buffer.0);
            added.push((variable, buffer));
        }
        for (variable, buffer) in added {
            let bytes = self.initial(program.id, variable)?;
            let region = self.regions[buffer.0].as_mut().expect("it was just added");
            region.bytes[..bytes.len()].copy_from_slice(&bytes);
        }
        Ok(())
    }

    fn initial(&self, program: u64, variable: &Variable) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for initial in &variable.initial {
            let bits = match initial {
                Initial::Number(bits) => *bits,
                Initial::Address(name, offset) => match self
                    .variables
                    .get(&(program, name.clone()))
                {
                    Some(number) => {
                        let address = at_home(Home::Global(*number));
                        generic(Space::Global, address.wrapping_add_signed(*offset))
                    }
                    None => {
                        return text(variable, format!("there is no variable `{name}`"));
                    }
                },
            };
            bytes.extend_from_slice(&bits.to_le_bytes()[..variable.element.size()]);
        }
        Ok(bytes)
    }

    /// Runs a kernel to its end.
    ///
    /// # Errors
    ///
    /// A shape that no GPU takes, arguments that do not fit the parameters. Mistakes of the
    /// kernel are no errors but findings of the report.
    pub fn launch(
        &mut self,
        kernel: &Kernel,
        shape: Shape,
        arguments: &[Argument],
    ) -> Result<Report> {
        launch::launch(self, kernel, shape, arguments)
    }
}

fn text<T>(variable: &Variable, message: String) -> Result<T> {
    Err(Error::Text { place: variable.place.clone(), message })
}
