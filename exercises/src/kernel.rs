//! A kernel of the reader's, run on the emulator with all checks on. What the emulator finds
//! is what the reader is told: the line of their own file, the thread, the place in memory.

use crate::Case;
use crate::finding::{first, general, told};
use ptx_emulator::types::Type;
use ptx_emulator::{Argument, Buffer, Counts, Finding, Kind, Machine, Program, Settings};

pub use ptx_emulator::Shape;

/// How many instructions a warp may take, at least and for each number in its memory: far
/// more than an exercise needs, and little enough to tell an endless loop at once.
const BUDGET: u64 = 20_000;
const BUDGET_FOR_A_NUMBER: u64 = 20;

/// What the reader's file compiled to.
#[derive(Clone, Copy)]
pub struct Kernel {
    ptx: &'static str,
}

impl Kernel {
    /// The kernels of this PTX text.
    pub const fn new(ptx: &'static str) -> Kernel {
        Kernel { ptx }
    }

    /// Prepares a launch of the kernel called `name`; its arguments follow in order.
    pub fn launch(&self, name: &'static str, shape: Shape) -> Launch {
        let settings =
            Settings { budget: BUDGET, statistics: true, ..Settings::default() };
        Launch {
            ptx: self.ptx,
            name,
            shape,
            machine: Machine::new(settings),
            arguments: Vec::new(),
            buffers: Vec::new(),
            suggestions: Vec::new(),
            unwritten: "",
        }
    }
}

/// A launch that is being prepared.
pub struct Launch {
    ptx: &'static str,
    name: &'static str,
    shape: Shape,
    machine: Machine,
    arguments: Vec<Argument>,
    buffers: Vec<(&'static str, Buffer)>,
    suggestions: Vec<Suggestion>,
    unwritten: &'static str,
}

/// What a finding of this kind suggests, in this buffer or in any.
struct Suggestion {
    kind: Kind,
    buffer: Option<&'static str>,
    text: &'static str,
}

impl Launch {
    /// The next argument: numbers that the kernel may only read.
    pub fn reads(self, name: &'static str, numbers: &[f32]) -> Launch {
        let bytes: Vec<u8> = numbers.iter().flat_map(|x| x.to_le_bytes()).collect();
        self.constant(name, Type::F32, &bytes)
    }

    /// The next argument: whole numbers that the kernel may only read.
    pub fn reads_whole(self, name: &'static str, numbers: &[u32]) -> Launch {
        let bytes: Vec<u8> = numbers.iter().flat_map(|x| x.to_le_bytes()).collect();
        self.constant(name, Type::U32, &bytes)
    }

    fn constant(mut self, name: &'static str, element: Type, bytes: &[u8]) -> Launch {
        let buffer = self.machine.buffer(name, element, bytes);
        self.machine.set_read_only(buffer);
        self.passed(name, buffer)
    }

    /// The next argument: room for `count` numbers, all of which the kernel must write.
    pub fn writes(mut self, name: &'static str, count: usize) -> Launch {
        let buffer = self.machine.unwritten(name, Type::F32, count);
        self.passed(name, buffer)
    }

    /// The next argument: numbers that the kernel changes.
    pub fn changes(mut self, name: &'static str, numbers: &[f32]) -> Launch {
        let bytes: Vec<u8> = numbers.iter().flat_map(|x| x.to_le_bytes()).collect();
        let buffer = self.machine.buffer(name, Type::F32, &bytes);
        self.passed(name, buffer)
    }

    fn passed(mut self, name: &'static str, buffer: Buffer) -> Launch {
        let numbers = (self.machine.read(buffer).len() / 4) as u64;
        self.machine.settings.budget += BUDGET_FOR_A_NUMBER * numbers;
        self.arguments.push(buffer.into());
        self.buffers.push((name, buffer));
        self
    }

    /// The next argument: how many, a `Count` of `common.cuh`.
    pub fn count(mut self, count: usize) -> Launch {
        self.arguments.push((count as u64).into());
        self
    }

    /// What a finding of this kind suggests here.
    pub fn suggest(mut self, kind: Kind, text: &'static str) -> Launch {
        self.suggestions.push(Suggestion { kind, buffer: None, text });
        self
    }

    /// What a finding of this kind suggests in this buffer or shared variable.
    pub fn suggest_in(
        mut self,
        buffer: &'static str,
        kind: Kind,
        text: &'static str,
    ) -> Launch {
        self.suggestions.push(Suggestion { kind, buffer: Some(buffer), text });
        self
    }

    /// What a place suggests in which nothing was written.
    pub fn unwritten(mut self, text: &'static str) -> Launch {
        self.unwritten = text;
        self
    }

    /// Draws from `seed` whatever order a GPU leaves open: of blocks, warps, atomics.
    pub fn any_order(mut self, seed: u64) -> Launch {
        self.machine.settings.pessimistic = Some(seed);
        self
    }

    /// Runs the kernel. `None`: the case has failed, with what the emulator found.
    pub fn run(mut self, case: &mut Case) -> Option<Done> {
        let program = match Program::parse(self.ptx) {
            Ok(program) => program,
            Err(error) => {
                let expected = "instructions that the emulator knows";
                return refuse(case, "the compiled kernel", expected, error, "");
            }
        };
        let Some(kernel) = program.kernels.get(self.name) else {
            let names: Vec<_> = program.kernels.keys().map(String::as_str).collect();
            let got = match names[..] {
                [] => "no kernel at all".to_string(),
                _ => format!("kernels called {}", names.join(", ")),
            };
            let what = format!("your file, for the kernel `{}`", self.name);
            return refuse(case, &what, SKELETON, got, SIGNATURE);
        };
        let loaded = self.machine.load(&program);
        let report = loaded
            .and_then(|()| self.machine.launch(kernel, self.shape, &self.arguments));
        let report = match report {
            Ok(report) => report,
            Err(error) => return refuse(case, "the launch", SKELETON, error, SIGNATURE),
        };
        if let Some(finding) = first(&report.findings) {
            case.fail(told(finding, self.suggestion(finding)));
            return None;
        }
        if !self.can_write() && self.must_write() {
            let (what, got) = ("what the kernel writes", "nothing was written to memory");
            return refuse(case, what, WRITTEN, got, "is this still the skeleton?");
        }
        for (name, buffer) in &self.buffers {
            if let Some(byte) = self.machine.first_unwritten(*buffer) {
                let got = format!("nothing was written to `{name}`[{}]", byte / 4);
                let what = format!("all of `{name}`");
                return refuse(case, &what, WRITTEN, got, self.unwritten);
            }
        }
        let Launch { machine, buffers, .. } = self;
        Some(Done { machine, buffers, counts: report.statistics.total })
    }

    /// Whether there is room in which nothing was written so far.
    fn must_write(&self) -> bool {
        let unwritten = |buffer| self.machine.first_unwritten(buffer).is_some();
        self.buffers.iter().any(|(_, buffer)| unwritten(*buffer))
    }

    /// Whether a store stands anywhere in the kernel. A right one may have nothing to do here.
    fn can_write(&self) -> bool {
        let stores = ["st.", "atom.", "red."];
        let mut words = self.ptx.split_whitespace();
        words.any(|word| stores.iter().any(|store| word.starts_with(store)))
    }

    /// What the check knows of this buffer, else of this kind of finding, else what anybody knows.
    fn suggestion(&self, finding: &Finding) -> &'static str {
        let touched = finding.element.as_ref().map(|element| element.buffer.as_str());
        let of_kind = || self.suggestions.iter().filter(|own| own.kind == finding.kind);
        let here = of_kind().find(|own| own.buffer.is_some() && own.buffer == touched);
        let own = here.or_else(|| of_kind().find(|own| own.buffer.is_none()));
        own.map_or_else(|| general(finding.kind), |own| own.text)
    }
}

/// A launch in which the emulator found nothing wrong.
pub struct Done {
    machine: Machine,
    buffers: Vec<(&'static str, Buffer)>,
    /// What was counted.
    pub counts: Counts,
}

impl Done {
    /// What lies in a buffer now.
    pub fn numbers(&self, name: &str) -> Vec<f32> {
        let found = self.buffers.iter().find(|(own, _)| *own == name);
        let (_, buffer) = found.expect("the launch has such a buffer");
        let word = |bytes: &[u8; 4]| f32::from_le_bytes(*bytes);
        self.machine.read(*buffer).as_chunks().0.iter().map(word).collect()
    }
}

const WRITTEN: &str = "a number in every place";
const SKELETON: &str = "the kernel of the skeleton";
const SIGNATURE: &str = "the first line of the kernel, `extern \"C\" __global__ void …`, must \
    stay as it is in the skeleton: name, parameters and all";

fn refuse(
    case: &mut Case,
    what: &str,
    expected: &str,
    got: impl ToString,
    suggests: &str,
) -> Option<Done> {
    case.holds(false, what, expected, got.to_string(), suggests);
    None
}

#[cfg(test)]
mod tests;
