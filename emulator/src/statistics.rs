//! What was counted while a kernel ran, for each instruction.

use crate::parse::Place;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Counts for an instruction, a source line or a whole kernel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Instructions, each counted once for a warp.
    pub instructions: u64,
    /// Instructions, counted for each thread that did them.
    pub thread_instructions: u64,
    /// Branches, counted for each warp.
    pub branches: u64,
    /// Branches at which the threads of a warp parted.
    pub divergent_branches: u64,
    /// Loads and stores of global memory, counted for each warp.
    pub global_requests: u64,
    /// The sectors of 32 bytes that they touched.
    pub global_sectors: u64,
    /// The sectors that the same bytes would fill, side by side.
    pub global_sectors_ideal: u64,
    /// Loads and stores of shared memory, counted for each warp.
    pub shared_requests: u64,
    /// The rounds that they took: in a round, each of 32 banks serves one word of 4 bytes.
    pub shared_wavefronts: u64,
    /// The rounds that they would have taken without conflicts.
    pub shared_wavefronts_ideal: u64,
    /// Atomic operations, counted for each thread.
    pub atomics: u64,
    /// Barriers, counted for each warp.
    pub barriers: u64,
}

impl Counts {
    /// The rounds that bank conflicts cost.
    pub fn bank_conflicts(&self) -> u64 {
        self.shared_wavefronts - self.shared_wavefronts_ideal
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.instructions += other.instructions;
        self.thread_instructions += other.thread_instructions;
        self.branches += other.branches;
        self.divergent_branches += other.divergent_branches;
        self.global_requests += other.global_requests;
        self.global_sectors += other.global_sectors;
        self.global_sectors_ideal += other.global_sectors_ideal;
        self.shared_requests += other.shared_requests;
        self.shared_wavefronts += other.shared_wavefronts;
        self.shared_wavefronts_ideal += other.shared_wavefronts_ideal;
        self.atomics += other.atomics;
        self.barriers += other.barriers;
    }
}

/// The counts of a launch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    /// Of everything.
    pub total: Counts,
    /// Of each line of the source, or of the PTX text where no source is known.
    pub lines: BTreeMap<(String, u32), Counts>,
}

impl Statistics {
    /// Adds up the counts of instructions that stand at these places.
    pub(crate) fn of<'a>(
        counts: impl Iterator<Item = (&'a Place, &'a Counts)>,
    ) -> Statistics {
        let mut all = Statistics::default();
        for (place, counts) in counts.filter(|(_, counts)| **counts != Counts::default())
        {
            all.total += *counts;
            let line = match &place.source {
                Some(source) => (source.file.to_string(), source.line),
                None => ("PTX".to_string(), place.ptx_line),
            };
            *all.lines.entry(line).or_default() += *counts;
        }
        all
    }
}

const SECTOR: u64 = 32;
const BANKS: u64 = 32;

/// The sectors that accesses of `size` bytes at these addresses touch, and how few could do.
pub(crate) fn sectors(addresses: &[u64], size: u64) -> (u64, u64) {
    let mut touched: Vec<u64> = Vec::with_capacity(64);
    for address in addresses {
        touched.extend(address / SECTOR..=(address + size - 1) / SECTOR);
    }
    touched.sort_unstable();
    touched.dedup();
    let mut distinct = addresses.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    (touched.len() as u64, (distinct.len() as u64 * size).div_ceil(SECTOR))
}

/// The rounds that accesses of `size` bytes at these addresses of shared memory take, and how
/// few could do. Threads that want the same word get it in one round. Eight bytes a thread are
/// served in two halves of the warp, sixteen in four quarters.
pub(crate) fn wavefronts(addresses: &[u64], size: u64) -> (u64, u64) {
    let words = size.div_ceil(4);
    let threads_at_once = (BANKS / words.next_power_of_two()).max(1) as usize;
    let (mut rounds, mut ideal) = (0, 0);
    for group in addresses.chunks(threads_at_once) {
        let mut wanted: Vec<u64> =
            group.iter().flat_map(|a| (0..words).map(move |word| a / 4 + word)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut load = [0u64; BANKS as usize];
        for word in &wanted {
            load[(word % BANKS) as usize] += 1;
        }
        rounds += load.into_iter().max().unwrap_or(0);
        ideal += (wanted.len() as u64).div_ceil(BANKS);
    }
    (rounds, ideal)
}
