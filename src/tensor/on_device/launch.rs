//! Kernels on arrays: memory, layouts and shapes become the arguments of a launch.

use super::rows::Rows;
use crate::device::{Arguments, Gpu, Kernel, Memory, Shape, Source, done};
use crate::element::Element;
use crate::tensor::storage::Storage;
use crate::tensor::{Array, Layout};
use std::any::Any;

/// An array that a kernel reads or writes, whatever it holds.
pub trait Operand {
    /// How it lies.
    fn layout(&self) -> &Layout;

    /// The device that it lies on, unless that is the processor.
    fn gpu(&self) -> Option<&Gpu>;

    /// Adds the address of its first element; the name serves messages.
    fn pass(&self, name: &'static str, arguments: Arguments) -> Arguments;
}

impl<T: Element> Operand for Array<T> {
    fn layout(&self) -> &Layout {
        self.layout()
    }

    fn gpu(&self) -> Option<&Gpu> {
        self.gpu()
    }

    fn pass(&self, name: &'static str, arguments: Arguments) -> Arguments {
        match &*self.storage {
            Storage::Gpu(memory) => {
                arguments.memory_from(name, memory, self.layout().offset())
            }
            Storage::Cpu(_) => {
                panic!("a kernel cannot reach `{name}`, which lies on the cpu")
            }
        }
    }
}

/// The first device that one of these lies on.
pub fn common(operands: &[&dyn Operand]) -> Option<Gpu> {
    operands.iter().find_map(|operand| operand.gpu().cloned())
}

/// A launch that is being prepared: arguments are added in the order of the kernel's
/// parameters, and the last call says how many threads there are, and starts it.
pub struct Launch<'g> {
    gpu: &'g Gpu,
    source: &'static Source,
    name: String,
    arguments: Arguments,
    /// The arrays that it was given: their memory must not be given back before.
    kept: Vec<Box<dyn Any>>,
}

/// Threads of a block, where the kernel leaves that open.
const THREADS: usize = 256;

/// So many blocks keep every GPU busy; what they do not reach at once, their loops do.
const BLOCKS: usize = 2048;

impl<'g> Launch<'g> {
    /// A launch of a kernel without arguments yet.
    pub fn new(
        gpu: &'g Gpu,
        source: &'static Source,
        name: impl Into<String>,
    ) -> Launch<'g> {
        let (name, arguments) = (name.into(), Arguments::new());
        Launch { gpu, source, name, arguments, kept: Vec::new() }
    }

    /// Adds an array that lies row after row.
    pub fn array<T: Element>(mut self, name: &'static str, array: &Array<T>) -> Self {
        assert!(array.layout().is_contiguous(), "{}: `{name}` is a view", self.name);
        self.kept.push(Box::new(array.clone()));
        self.operand(name, array)
    }

    /// Adds an array that may lie in any way.
    pub fn operand(mut self, name: &'static str, array: &dyn Operand) -> Self {
        self.arguments = array.pass(name, self.arguments);
        self
    }

    /// Adds an array that is changed where it lies: it gets memory of its own first, if
    /// somebody else would see the change.
    #[track_caller]
    pub fn changed<T: Element>(self, name: &'static str, array: &mut Array<T>) -> Self {
        array.own();
        self.operand(name, array)
    }

    /// The same as [`operand`](Launch::operand), and how it lies.
    pub fn view(self, name: &'static str, array: &dyn Operand) -> Self {
        self.operand(name, array).bytes(layout(array.layout()))
    }

    /// Adds memory that is no array.
    pub fn memory<T: Element>(mut self, name: &'static str, memory: &Memory<T>) -> Self {
        self.arguments = self.arguments.memory(name, memory);
        self
    }

    /// Adds a number of elements.
    pub fn count(mut self, count: usize) -> Self {
        self.arguments = self.arguments.count(count);
        self
    }

    /// Adds a number.
    pub fn number<T: Element>(mut self, number: T) -> Self {
        self.arguments = self.arguments.number(number);
        self
    }

    /// Adds a structure, as its bytes.
    pub fn bytes(mut self, bytes: Vec<u8>) -> Self {
        self.arguments = self.arguments.bytes(bytes);
        self
    }

    /// Starts it with a thread for each of so many elements, or fewer that go on in a loop.
    ///
    /// # Panics
    /// What the device cannot do.
    #[track_caller]
    pub fn each(self, count: usize) {
        let threads = count.next_multiple_of(32).clamp(32, THREADS);
        let blocks = count.div_ceil(threads).min(BLOCKS);
        self.start(Shape::row(blocks as u32, threads as u32));
    }

    /// Starts it with a block for each of so many rows of so many elements. How many threads
    /// a block has, and with that the order of its sums, depends on the length alone.
    ///
    /// # Panics
    /// What the device cannot do.
    #[track_caller]
    pub fn rows(self, count: usize, length: usize) {
        let threads = length.next_multiple_of(32).clamp(32, THREADS);
        self.start(Shape::row(count.min(BLOCKS) as u32, threads as u32));
    }

    /// Adds how many rows there are, of how many elements.
    pub fn rows_of(self, rows: &Rows) -> Self {
        self.count(rows.count()).count(rows.length())
    }

    /// Starts it with blocks of 32 × 8 threads, one for every 32 of so many columns.
    ///
    /// # Panics
    /// What the device cannot do.
    #[track_caller]
    pub fn columns(self, columns: usize) {
        let blocks = columns.div_ceil(32).min(BLOCKS) as u32;
        self.start(Shape { grid: [blocks, 1, 1], block: [32, 8, 1], shared: 0 });
    }

    /// Starts it with this shape; not at all where it has no blocks.
    ///
    /// # Panics
    /// What the device cannot do.
    #[track_caller]
    pub fn start(self, shape: Shape) {
        if shape.grid.contains(&0) {
            return;
        }
        let kernel = Kernel { source: self.source, name: &self.name };
        done(self.gpu.launch(&kernel, shape, &self.arguments));
    }
}

/// One element for each of those of the operands, which have one shape: by the kernel `name`
/// where all of them lie row after row, and by `name_strided` where one is a view. Its
/// parameters are the operands (each with its layout where strided), the result, how many
/// elements there are, and `settings`.
///
/// # Panics
/// What the device cannot do.
#[track_caller]
pub fn each<T: Element>(
    source: &'static Source,
    name: String,
    operands: &[(&'static str, &dyn Operand)],
    settings: Arguments,
) -> Array<T> {
    let first = operands[0].1;
    let gpu = first.gpu().expect("the caller has seen that it lies on a device");
    let y = Array::unwritten(gpu, first.layout().shape());
    each_into(&y, source, name, operands, settings);
    y
}

/// The same, written into `y`.
///
/// # Panics
/// What the device cannot do.
#[track_caller]
pub fn each_into<T: Element>(
    y: &Array<T>,
    source: &'static Source,
    name: String,
    operands: &[(&'static str, &dyn Operand)],
    settings: Arguments,
) {
    let gpu = y.gpu().expect("the caller has seen that it lies on a device");
    let all = operands.iter();
    let dense = all.clone().all(|(_, operand)| operand.layout().is_contiguous());
    let name = if dense { name } else { name + "_strided" };
    let mut launch = Launch::new(gpu, source, name);
    for (name, operand) in all {
        launch = match dense {
            true => launch.operand(name, *operand),
            false => launch.view(name, *operand),
        };
    }
    let mut launch = launch.array("result", y).count(y.size());
    launch.arguments = launch.arguments.and(settings);
    launch.each(y.size());
}

/// How many axes kernels know.
const AXES: usize = 6;

/// A layout as kernels take it (`Layout` of common.cuh), from the first element on: axes that
/// lie like one are one, and those that are missing have size 1, in front.
#[track_caller]
fn layout(layout: &Layout) -> Vec<u8> {
    let axes = layout.merged();
    assert!(
        axes.len() <= AXES,
        "a kernel knows {AXES} axes, and {:?} with strides {:?} cannot be seen as so few: make \
         it `contiguous` first",
        layout.shape(),
        layout.strides()
    );
    let missing = vec![(1, 0); AXES - axes.len()];
    let all = || missing.iter().chain(&axes);
    let (shape, strides) = (all().map(|axis| axis.0), all().map(|axis| axis.1));
    let numbers = shape.chain(strides).chain([0]);
    numbers.flat_map(|number| (number as u64).to_le_bytes()).collect()
}
