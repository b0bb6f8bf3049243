//! The sixteen barriers of a block (ISA, section 9.7.13.1).

use crate::types::Mask;

/// Lanes that came to a barrier.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    pub warp: usize,
    pub lanes: Mask,
    /// Where the barrier stands.
    pub instruction: usize,
    /// Whether they wait, or only came by (`bar.arrive`).
    pub waits: bool,
    /// How many threads they want; all of the block if none is said.
    pub threads: Option<u32>,
    /// In which lanes the predicate of `bar.red` is true.
    pub predicate: Mask,
}

/// A barrier at which all have arrived.
pub(super) struct Release {
    /// The warps that came, and those of them that wait.
    pub came: Vec<usize>,
    pub wait: Vec<usize>,
    pub arrivals: Vec<Arrival>,
    /// The first who came: warp and lane.
    pub first: (usize, usize),
    pub instruction: usize,
    /// Threads of the block that ended before and were not waited for.
    pub exited: u32,
    /// In how many threads the predicate of `bar.red` is true, and whether in all.
    pub count: u32,
    pub all: bool,
}

/// Who has arrived where.
#[derive(Default)]
pub(super) struct Barriers {
    arrived: [Vec<Arrival>; 16],
}

impl Barriers {
    pub fn arrive(&mut self, number: usize, arrival: Arrival) {
        self.arrived[number].push(arrival);
    }

    /// Empties the barriers at which enough threads have arrived.
    pub fn release(&mut self, threads: u32, alive: u32) -> Vec<Release> {
        let mut released = Vec::new();
        for arrived in &mut self.arrived {
            let present: u32 =
                arrived.iter().map(|arrival| arrival.lanes.count_ones()).sum();
            let Some(first) = arrived.first() else { continue };
            let wanted = first.threads;
            // Without a number all threads of the block are meant; those that ended count.
            if present < wanted.unwrap_or(alive) {
                continue;
            }
            let (warp, instruction) = (first.warp, first.instruction);
            let lane = first.lanes.trailing_zeros() as usize;
            let arrivals = std::mem::take(arrived);
            let warps = |waits: bool| {
                let who = arrivals.iter().filter(|arrival| arrival.waits || !waits);
                let mut warps: Vec<usize> = who.map(|arrival| arrival.warp).collect();
                warps.sort_unstable();
                warps.dedup();
                warps
            };
            let (came, wait) = (warps(false), warps(true));
            let count =
                arrivals.iter().map(|a| (a.predicate & a.lanes).count_ones()).sum();
            released.push(Release {
                came,
                wait,
                arrivals,
                first: (warp, lane),
                instruction,
                exited: if wanted.is_none() { threads - alive } else { 0 },
                count,
                all: count == present,
            });
        }
        released
    }
}
