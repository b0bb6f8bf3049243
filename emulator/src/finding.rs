//! What the emulator found wrong while a kernel ran.

use crate::parse::Place;
use crate::types::Type;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

/// A kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An access outside a buffer or variable.
    OutOfBounds,
    /// An address that is no multiple of the size of what is accessed.
    Misaligned,
    /// An access through a null pointer, or through a number that never was an address.
    InvalidAddress,
    /// A write to memory that can only be read.
    ReadOnly,
    /// A read of memory that was never written.
    Uninitialised,
    /// A register that was never written decides over an address, a branch or a stored value.
    UndefinedRegister,
    /// Two accesses that nothing orders, at least one of them a write.
    Race,
    /// A barrier that not all threads of a warp reach together.
    DivergentBarrier,
    /// A barrier that threads have left out by ending: allowed, and only a lint.
    SkippedBarrier,
    /// A barrier with a number or a count of threads that cannot be.
    InvalidBarrier,
    /// Threads wait for others that never come.
    Deadlock,
    /// A warp operation whose mask does not fit the threads that execute it.
    WarpMask,
    /// The kernel gave up by itself (`trap`).
    Trap,
    /// The kernel did not end within its budget.
    Endless,
}

impl Kind {
    /// Its name, as a program writes it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::OutOfBounds => "out-of-bounds",
            Kind::Misaligned => "misaligned",
            Kind::InvalidAddress => "invalid-address",
            Kind::ReadOnly => "read-only",
            Kind::Uninitialised => "uninitialised",
            Kind::UndefinedRegister => "undefined-register",
            Kind::Race => "race",
            Kind::DivergentBarrier => "divergent-barrier",
            Kind::SkippedBarrier => "skipped-barrier",
            Kind::InvalidBarrier => "invalid-barrier",
            Kind::Deadlock => "deadlock",
            Kind::WarpMask => "warp-mask",
            Kind::Trap => "trap",
            Kind::Endless => "endless",
        }
    }
}

/// Who did something.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// The block in the grid.
    pub block: [u32; 3],
    /// The thread in the block.
    pub thread: [u32; 3],
}

impl fmt::Display for Thread {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let ([a, b, c], [x, y, z]) = (self.block, self.thread);
        write!(out, "block ({a}, {b}, {c}), thread ({x}, {y}, {z})")
    }
}

/// The element of a buffer or variable that an access touched.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// The name of the buffer or variable.
    pub buffer: String,
    /// The type of its elements.
    pub element: Type,
    /// How many it has.
    pub count: u64,
    /// Which one was touched; negative before the start.
    pub index: i64,
}

impl fmt::Display for Element {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let Element { buffer, element, count, index } = self;
        write!(out, "`{buffer}`[{index}] (of {count} elements of type {element})")
    }
}

/// The earlier one of two accesses that race.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// Where it stands.
    pub place: Place,
    /// Who did it.
    pub thread: Thread,
    /// Whether it wrote.
    pub writes: bool,
}

/// A mistake.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind of mistake it is.
    pub kind: Kind,
    /// The kernel.
    pub kernel: String,
    /// Where it happened.
    pub place: Place,
    /// Who did it first.
    pub thread: Thread,
    /// What was touched.
    pub element: Option<Element>,
    /// For a race, the access that it clashes with.
    pub other: Option<Other>,
    /// What happened, in words.
    pub message: String,
    /// How often the same happened at the same place.
    pub times: u64,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let Finding { kernel, place, thread, message, .. } = self;
        write!(out, "{} in `{kernel}` at {place}: {thread} {message}", self.kind.name())?;
        if let Some(Other { place, thread, writes }) = &self.other {
            let verb = if *writes { "writes" } else { "reads" };
            write!(out, "; {thread} {verb} it at {place}, and nothing orders the two")?;
        }
        if self.times > 1 {
            write!(out, " ({} times)", self.times)?;
        }
        Ok(())
    }
}

/// The same mistake: of one kind, on one buffer, at one line of the source, or for a race at
/// the same two lines, whoever of both came first.
type Same = (Kind, String, [Place; 2]);

/// The line of the source alone, where there is one: the compiler makes many instructions of it.
fn line(place: &Place) -> Place {
    let ptx_line = if place.source.is_some() { 0 } else { place.ptx_line };
    Place { ptx_line, source: place.source.clone() }
}

/// The findings of a launch. The same mistake in another thread is counted, not told again.
#[derive(Default)]
pub(crate) struct Findings {
    all: Vec<Finding>,
    known: HashMap<Same, usize>,
}

impl Findings {
    /// How many different ones there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// All of them, in order. Who reads what another thread is about to write finds it
    /// unwritten if he comes first: that is told as the race that it is, and only so.
    pub fn told(self) -> Vec<Finding> {
        let raced = |finding: &Finding| {
            let reads = |race: &Finding| {
                let other = race.other.as_ref().filter(|other| !other.writes);
                other.is_some_and(|other| line(&other.place) == line(&finding.place))
                    && race.element.as_ref().map(|e| &e.buffer)
                        == finding.element.as_ref().map(|e| &e.buffer)
            };
            finding.kind == Kind::Uninitialised && self.all.iter().any(reads)
        };
        self.all.iter().filter(|finding| !raced(finding)).cloned().collect()
    }

    /// Adds one.
    pub fn add(&mut self, finding: Finding) {
        let buffer = finding.element.as_ref().map(|element| element.buffer.clone());
        let here = line(&finding.place);
        let there = finding
            .other
            .as_ref()
            .map_or_else(|| here.clone(), |other| line(&other.place));
        let lines = if here <= there { [here, there] } else { [there, here] };
        match self.known.entry((finding.kind, buffer.unwrap_or_default(), lines)) {
            Entry::Occupied(known) => self.all[*known.get()].times += 1,
            Entry::Vacant(new) => {
                new.insert(self.all.len());
                self.all.push(finding);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Source;

    /// A line of the source as the compiler unrolls it: several instructions. One thread reads
    /// by one of them what another, which comes later, writes; a third reads by another one.
    #[test]
    fn what_is_read_before_it_is_written_is_told_as_the_race_that_it_is() {
        let place = |ptx_line, line| Place {
            ptx_line,
            source: Some(Source { file: "a.cu".into(), line }),
        };
        let thread = Thread { block: [0; 3], thread: [0; 3] };
        let finding = |kind, place: Place, other: Option<Other>| Finding {
            kind,
            kernel: "k".to_string(),
            place,
            thread: thread.clone(),
            element: None,
            other,
            message: String::new(),
            times: 1,
        };
        let reads = Other { place: place(10, 3), thread: thread.clone(), writes: false };
        let mut findings = Findings::default();
        findings.add(finding(Kind::Uninitialised, place(14, 3), None));
        findings.add(finding(Kind::Uninitialised, place(30, 7), None));
        findings.add(finding(Kind::Race, place(20, 5), Some(reads)));
        let told: Vec<_> =
            findings.told().into_iter().map(|f| (f.kind, f.place)).collect();
        let want = [(Kind::Uninitialised, place(30, 7)), (Kind::Race, place(20, 5))];
        assert_eq!(told, want);
    }
}
