//! Two devices as one: every launch happens on both, and what they leave in memory is
//! compared. So whatever runs on this device shows, kernel by kernel, whether a GPU does what
//! the emulator says.

use super::engine::Engine;
use super::kernel::{Argument, Arguments, Kernel, Shape};
use super::{Device, Gpu};
use crate::{Error, Result};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What all launches of one kernel showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// Whether the kernel's text fixes every bit: it holds no approximate instruction and
    /// adds to no place in an order that is left open.
    pub exact: bool,
    /// How often it was launched.
    pub launches: u64,
    /// How many words of 32 bits were compared.
    pub words: u64,
    /// How many of them differed. (NaN is NaN, whatever its other bits.)
    pub differing: u64,
    /// The largest difference, as a share of the largest number in its memory.
    pub worst: f64,
    /// The first word that differed, in words.
    pub first: Option<String>,
}

/// How far results of approximate instructions may be apart, as a share of the largest
/// number in their memory.
pub const APART: f64 = 2e-5;

impl Agreement {
    /// Whether the two devices agree, as far as the kernel's text lets them.
    pub fn holds(&self) -> bool {
        if self.exact { self.differing == 0 } else { self.worst <= APART }
    }
}

/// What both devices were seen to do, by the names of the kernels.
#[derive(Clone, Default)]
pub struct Agreements(Arc<Mutex<BTreeMap<String, Agreement>>>);

impl Agreements {
    /// All of them so far.
    pub fn all(&self) -> BTreeMap<String, Agreement> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Agreement>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Both devices as one, and what is seen of them. Memory is read from the second one.
pub fn twin(first: Gpu, second: Gpu) -> (Device, Agreements) {
    let agreements = Agreements::default();
    let state = Mutex::new(State { memory: HashMap::new(), next: 1 });
    let twin = Twin { pair: [first, second], state, agreements: agreements.clone() };
    (Device::Gpu(Gpu::new(Box::new(twin))), agreements)
}

struct Twin {
    pair: [Gpu; 2],
    state: Mutex<State>,
    agreements: Agreements,
}

struct State {
    /// By the numbers that stand for pointers here.
    memory: HashMap<u64, Pair>,
    next: u64,
}

/// Memory on both devices.
#[derive(Clone, Copy)]
struct Pair {
    pointers: [u64; 2],
    bytes: usize,
}

impl Twin {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pair(&self, pointer: u64) -> Pair {
        self.state().memory[&pointer]
    }

    fn engine(&self, which: usize) -> &dyn Engine {
        &*self.pair[which].0.engine
    }

    /// The arguments as one of the two takes them.
    fn translated(&self, which: usize, arguments: &Arguments) -> Arguments {
        let one = |argument: &Argument| match argument {
            Argument::Bytes(bytes) => Argument::Bytes(bytes.clone()),
            Argument::Memory { name, pointer, offset, .. } => Argument::Memory {
                name,
                gpu: self.pair[which].clone(),
                pointer: self.pair(*pointer).pointers[which],
                offset: *offset,
            },
        };
        Arguments { all: arguments.all.iter().map(one).collect() }
    }

    /// Compares what both have in one piece of memory. Where they differ the first device
    /// gets what the second has, so that no difference is counted twice.
    fn compare(&self, name: &str, pair: Pair, seen: &mut Agreement) -> Result<()> {
        let mut both = [vec![0; pair.bytes], vec![0; pair.bytes]];
        for (which, bytes) in both.iter_mut().enumerate() {
            self.engine(which).read(pair.pointers[which], 0, bytes)?;
        }
        let words = |bytes: &[u8]| -> Vec<f32> {
            let word =
                |word: &[u8]| f32::from_le_bytes(word.try_into().expect("four bytes"));
            bytes.chunks_exact(4).map(word).collect()
        };
        let [a, b] = [words(&both[0]), words(&both[1])];
        seen.words += a.len() as u64;
        let finite = b.iter().filter(|x| x.is_finite());
        let largest = finite.fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
        for (place, (a, b)) in a.iter().zip(&b).enumerate() {
            if a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan() {
                continue;
            }
            seen.differing += 1;
            let apart = f64::from((a - b).abs()) / f64::from(largest);
            seen.worst =
                seen.worst.max(if apart.is_nan() { f64::INFINITY } else { apart });
            seen.first.get_or_insert_with(|| {
                let bits = |x: f32| format!("{x:e} ({:#010x})", x.to_bits());
                format!("word {place} of `{name}` is {} and {}", bits(*a), bits(*b))
            });
        }
        match both[0] == both[1] {
            true => Ok(()),
            false => self.engine(0).write(pair.pointers[0], &both[1]),
        }
    }
}

impl Engine for Twin {
    fn name(&self) -> String {
        format!("{} beside {}", self.pair[0].name(), self.pair[1].name())
    }

    fn allocate(&self, bytes: usize) -> Result<u64> {
        let pointers = [self.engine(0).allocate(bytes)?, self.engine(1).allocate(bytes)?];
        // What is never written is the same on both.
        let mut raw = vec![0; bytes];
        self.engine(1).read(pointers[1], 0, &mut raw)?;
        self.engine(0).write(pointers[0], &raw)?;
        let mut state = self.state();
        let pointer = state.next;
        state.next += 1;
        state.memory.insert(pointer, Pair { pointers, bytes });
        Ok(pointer)
    }

    fn free(&self, pointer: u64, bytes: usize) {
        let pair = self.state().memory.remove(&pointer);
        for (which, pointer) in
            pair.into_iter().flat_map(|pair| pair.pointers).enumerate()
        {
            self.engine(which).free(pointer, bytes);
        }
    }

    fn allocations(&self) -> usize {
        self.engine(0).allocations()
    }

    fn write(&self, pointer: u64, bytes: &[u8]) -> Result<()> {
        let [first, second] = self.pair(pointer).pointers;
        self.engine(0).write(first, bytes)?;
        self.engine(1).write(second, bytes)
    }

    fn read(&self, pointer: u64, offset: u64, bytes: &mut [u8]) -> Result<()> {
        self.engine(1).read(self.pair(pointer).pointers[1], offset, bytes)
    }

    fn launch(&self, kernel: &Kernel, shape: Shape, arguments: &Arguments) -> Result<()> {
        for which in [1, 0] {
            let arguments = self.translated(which, arguments);
            self.engine(which).launch(kernel, shape, &arguments)?;
        }
        self.engine(0).synchronize()?;
        let mut all = self.agreements.lock();
        let seen = all.entry(kernel.name.to_string()).or_default();
        seen.exact = exact(kernel)?;
        seen.launches += 1;
        for argument in &arguments.all {
            if let Argument::Memory { name, pointer, .. } = argument {
                self.compare(name, self.pair(*pointer), seen)?;
            }
        }
        Ok(())
    }

    fn synchronize(&self) -> Result<()> {
        self.engine(0).synchronize()
    }
}

/// Whether a kernel's text leaves nothing open.
fn exact(kernel: &Kernel) -> Result<bool> {
    let text = kernel.source.ptx.split(".entry ").find(|text| {
        text.strip_prefix(kernel.name).is_some_and(|rest| rest.starts_with('('))
    });
    let Some(text) = text else {
        return Err(Error::Device(format!("there is no {kernel}")));
    };
    let open = [".approx", "atom.global.add.f32", "red.global.add.f32"];
    Ok(!open.iter().any(|instruction| text.contains(instruction)))
}
