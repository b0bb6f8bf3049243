//! Who touched what: the memory beside the memory, in which races are seen.
//!
//! Two accesses race if they touch the same bytes, at least one writes, nothing orders them,
//! and not both are strong (ISA, section 8.7). Each cell keeps its last writer and the last
//! readers of two warps: with a barrier between the phases of a kernel, that is all it takes.

use crate::types::Mask;

/// An access, as later ones meet it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Event {
    /// The block, counted from 1 over all launches; 0 if there was no access.
    pub block: u32,
    /// The time of its warp: what the warp has shared with others by then.
    pub clock: u32,
    /// The instruction.
    pub instruction: u32,
    /// The lanes of the warp that did it.
    pub lanes: Mask,
    pub warp: u8,
    /// It may meet others of its kind.
    pub strong: bool,
    /// But only within the block.
    pub in_block: bool,
}

impl Event {
    /// Whether both may touch the same bytes at the same time.
    fn peaceful(&self, other: &Event) -> bool {
        let near = self.block == other.block || !self.in_block && !other.in_block;
        self.strong && other.strong && near
    }

    fn same_time(&self, other: &Event) -> bool {
        (self.block, self.warp, self.clock) == (other.block, other.warp, other.clock)
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
    write: Event,
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
            if cell.write.block != 0
                && !ordered(&cell.write)
                && !cell.write.peaceful(&event)
            {
                conflict = Some(Conflict { other: cell.write, other_writes: true });
            }
            if cell.read.same_time(&event) && cell.read.strong == event.strong {
                cell.read.lanes |= event.lanes;
            } else {
                if (cell.read.block, cell.read.warp) != (event.block, event.warp) {
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
            for (other, other_writes) in
                [(cell.other_read, false), (cell.read, false), (cell.write, true)]
            {
                if other.block != 0 && !ordered(&other) && !other.peaceful(&event) {
                    conflict = Some(Conflict { other, other_writes });
                }
            }
            let together =
                cell.write.same_time(&event) && cell.write.strong && event.strong;
            let lanes = if together { cell.write.lanes } else { 0 };
            // Whoever races with the readers races with this write too.
            *cell = Cell { write: event, ..Cell::default() };
            cell.write.lanes |= lanes;
        }
        conflict
    }
}
