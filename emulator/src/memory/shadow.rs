//! Who touched what: the memory beside the memory, in which races are seen.
//!
//! Two accesses race if they touch the same bytes, at least one writes, nothing orders them,
//! and not both are strong (ISA, section 8.7). Each cell keeps its last weak and its last strong
//! writer, and the last readers of two warps. An older reader is forgotten behind two newer
//! warps, so that a race with it alone may be missed.

use crate::types::Mask;

/// An access, as later ones meet it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Event {
    /// The block, counted from 1 over all launches; 0 if there was no access.
    pub block: u32,
    /// The time of its warp: what the warp has shared with others by then.
    pub clock: u32,
    /// The lanes of the warp that did it.
    pub lanes: Mask,
    /// The instruction, the warp and how it was done, side by side.
    site: u32,
}

/// How an access is done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Manner {
    /// It may meet others of its kind.
    pub strong: bool,
    /// But only within the block.
    pub in_block: bool,
    /// It is strong only by being volatile, which orders nothing.
    pub volatile: bool,
}

const INSTRUCTION: u32 = 24;
const WARP: u32 = 5;

impl Event {
    /// An access of one lane.
    pub fn new(
        block: u32,
        clock: u32,
        instruction: usize,
        warp: usize,
        manner: Manner,
    ) -> Event {
        let flags = [manner.strong, manner.in_block, manner.volatile];
        let flags = flags.iter().rev().fold(0, |all, flag| all << 1 | *flag as u32);
        let site = (flags << WARP | warp as u32) << INSTRUCTION | instruction as u32;
        Event { block, clock, lanes: 0, site }
    }

    /// The number of the instruction.
    pub fn instruction(&self) -> usize {
        (self.site & ((1 << INSTRUCTION) - 1)) as usize
    }

    /// The number of the warp in its block.
    pub fn warp(&self) -> usize {
        (self.site >> INSTRUCTION & ((1 << WARP) - 1)) as usize
    }

    fn flag(&self, number: u32) -> bool {
        self.site >> (INSTRUCTION + WARP + number) & 1 == 1
    }

    /// Whether it may meet others of its kind.
    fn strong(&self) -> bool {
        self.flag(0)
    }

    /// Whether both may touch the same bytes at the same time. Lanes of one warp that only rely
    /// on `volatile` rely on marching in step, which no warp does since Volta.
    fn peaceful(&self, other: &Event) -> bool {
        let near = self.block == other.block || !self.flag(1) && !other.flag(1);
        let in_step = self.same_warp(other) && self.flag(2) && other.flag(2);
        self.strong() && other.strong() && near && !in_step
    }

    fn same_warp(&self, other: &Event) -> bool {
        self.block == other.block && self.warp() == other.warp()
    }

    fn same_time(&self, other: &Event) -> bool {
        self.same_warp(other)
            && self.clock == other.clock
            && self.strong() == other.strong()
    }
}

/// Two accesses that nothing orders.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Conflict {
    /// The earlier one.
    pub other: Event,
    /// Whether the earlier one wrote.
    pub other_writes: bool,
}

#[derive(Clone, Copy, Default)]
struct Cell {
    weak_write: Event,
    strong_write: Event,
    read: Event,
    /// The last reader of another warp than `read`'s.
    other_read: Event,
}

/// The cells of one piece of memory. A cell is four bytes; the first access to something
/// smaller makes all cells smaller, so that neighbours never look like one another.
#[derive(Clone, Default)]
pub(crate) struct Shadow {
    bits: u32,
    cells: Vec<Cell>,
}

impl Shadow {
    /// Sees to it that there are cells for an access.
    fn prepare(&mut self, bytes: usize, offset: usize, size: usize) {
        if self.cells.is_empty() {
            self.bits = 2;
            self.cells = vec![Cell::default(); bytes.div_ceil(4)];
        }
        while (offset | size) & ((1 << self.bits) - 1) != 0 {
            self.bits -= 1;
            self.cells = self.cells.iter().flat_map(|cell| [*cell, *cell]).collect();
        }
    }

    fn range(&self, offset: usize, size: usize) -> std::ops::Range<usize> {
        offset >> self.bits..(offset + size) >> self.bits
    }

    /// Notes that `event` reads; `ordered` says whether an earlier access is ordered before it.
    pub fn read(
        &mut self,
        bytes: usize,
        (offset, size): (usize, usize),
        event: Event,
        ordered: impl Fn(&Event) -> bool,
    ) -> Option<Conflict> {
        self.prepare(bytes, offset, size);
        let range = self.range(offset, size);
        let mut conflict = None;
        for cell in &mut self.cells[range] {
            for other in [cell.strong_write, cell.weak_write] {
                if other.block != 0 && !other.peaceful(&event) && !ordered(&other) {
                    conflict = Some(Conflict { other, other_writes: true });
                }
            }
            if cell.read.same_time(&event) {
                cell.read.lanes |= event.lanes;
            } else {
                if !cell.read.same_warp(&event) {
                    cell.other_read = cell.read;
                }
                cell.read = event;
            }
        }
        conflict
    }

    /// Notes that `event` writes, and reads too if it is an atomic.
    pub fn write(
        &mut self,
        bytes: usize,
        (offset, size): (usize, usize),
        event: Event,
        ordered: impl Fn(&Event) -> bool,
    ) -> Option<Conflict> {
        self.prepare(bytes, offset, size);
        let range = self.range(offset, size);
        let mut conflict = None;
        for cell in &mut self.cells[range] {
            for (other, other_writes) in [
                (cell.other_read, false),
                (cell.read, false),
                (cell.strong_write, true),
                (cell.weak_write, true),
            ] {
                if other.block != 0 && !other.peaceful(&event) && !ordered(&other) {
                    conflict = Some(Conflict { other, other_writes });
                }
            }
            if event.strong() {
                // It may meet what the weak accesses before it may not.
                let together = cell.strong_write.same_time(&event);
                let lanes = if together { cell.strong_write.lanes } else { 0 };
                cell.strong_write = Event { lanes: event.lanes | lanes, ..event };
            } else {
                // Whoever races with those before it races with this one too.
                *cell = Cell { weak_write: event, ..Cell::default() };
            }
        }
        conflict
    }
}
