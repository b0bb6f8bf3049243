//! A block: its shared memory, its warps, and what they wait for.

use super::barrier::Barriers;
use super::context::Context;
use super::launch::Launch;
use super::order::Order;
use super::warp::{Warp, WarpState};
use crate::finding::Kind;
use crate::memory::Region;
use crate::parse::Space;
use crate::types::LANES;

/// What the warps of a block share.
pub(super) struct Shared {
    /// Where the block stands in the grid.
    pub index: [u32; 3],
    pub threads: u32,
    pub regions: Vec<Region>,
    pub order: Order,
    pub barriers: Barriers,
}

/// A block that runs.
pub(super) struct Block {
    pub shared: Shared,
    warps: Vec<Warp>,
}

/// How far a block came.
pub(super) enum Progress {
    Finished,
    /// It runs for long; others may go on meanwhile.
    Paused,
}

/// Rounds over all warps after which other blocks have their turn.
const ROUNDS: u32 = 16;

impl Block {
    /// A block at its start. `spare` is one that has ended and whose memory serves again.
    pub fn new(launch: &Launch, number: u32, spare: Option<Block>) -> Block {
        let [columns, rows, _] = launch.shape.grid;
        let index = [number % columns, number / columns % rows, number / columns / rows];
        let threads: u32 = launch.shape.block.iter().product();
        let count = (threads as usize).div_ceil(LANES);
        let (mut regions, mut warps) = match spare {
            Some(block) => (block.shared.regions, block.warps),
            None => {
                let warps = (0..count).map(|warp| Warp::new(launch, warp));
                (shared_regions(launch), warps.collect())
            }
        };
        for region in &mut regions {
            region.forget();
        }
        for warp in &mut warps {
            warp.start(launch, index, threads);
        }
        let order = Order::new(launch.first_block + number, launch.first_block, count);
        let shared =
            Shared { index, threads, regions, order, barriers: Barriers::default() };
        Block { shared, warps }
    }

    /// Runs until all threads have ended, or for a while.
    pub fn run(&mut self, launch: &mut Launch) -> Progress {
        let mut turns: Vec<usize> = (0..self.warps.len()).collect();
        for _ in 0..ROUNDS {
            if let Some(random) = &mut launch.random {
                random.shuffle(&mut turns);
            }
            let mut alive = false;
            let mut moved = false;
            for &turn in &turns {
                match self.warps[turn]
                    .run(&mut Context { launch, shared: &mut self.shared })
                {
                    WarpState::Ended => {}
                    WarpState::Waits => alive = true,
                    WarpState::Paused => {
                        alive = true;
                        moved = true;
                    }
                }
                if launch.stopped {
                    return Progress::Finished;
                }
            }
            if !alive {
                return Progress::Finished;
            }
            if self.release(launch) || moved {
                continue;
            }
            self.deadlock(launch);
            return Progress::Finished;
        }
        Progress::Paused
    }

    /// Lets go on whom a barrier has held until all were there.
    fn release(&mut self, launch: &mut Launch) -> bool {
        let alive = self.warps.iter().map(Warp::living).sum::<u32>();
        let released = self.shared.barriers.release(self.shared.threads, alive);
        for release in &released {
            self.shared.order.barrier(&release.came, &release.wait);
            if release.exited > 0 && launch.settings.checks.synchronisation {
                let message = format!(
                    "waits at a barrier that {} threads of its block have left out by ending; \
                     allowed, but a kernel is easier to trust without",
                    release.exited
                );
                let warp = &self.warps[release.first.0];
                let context = &mut Context { launch, shared: &mut self.shared };
                warp.lint(context, release.instruction, release.first.1, message);
            }
            for &warp in &release.wait {
                self.warps[warp].pass(release, &launch.kernel.code);
            }
        }
        !released.is_empty()
    }

    /// Everybody waits, and nobody will come.
    fn deadlock(&mut self, launch: &mut Launch) {
        let Some(stuck) = self.warps.iter().find(|warp| warp.living() > 0) else {
            return;
        };
        if let Some((instruction, lane)) = stuck.waits_at() {
            let message = "waits at a barrier for threads that never come".to_string();
            let context = &mut Context { launch, shared: &mut self.shared };
            stuck.report(context, Kind::Deadlock, instruction, lane, message);
        }
        launch.stopped = true;
    }
}

/// The shared variables, one after the other, and the dynamic memory behind them.
fn shared_regions(launch: &Launch) -> Vec<Region> {
    let mut base = 0;
    let mut regions = Vec::new();
    for variable in launch.kernel.variables_in(Space::Shared) {
        let size = match variable.count {
            Some(_) => variable.bytes() as usize,
            None => launch.shape.shared as usize,
        };
        let mut region = Region::unwritten(&variable.name, variable.element, size);
        let alignment = variable.alignment.max(1);
        region.base = u64::next_multiple_of(base, alignment);
        base = region.base + size as u64;
        regions.push(region);
    }
    regions
}
