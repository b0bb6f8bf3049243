//! A warp: 32 lanes with their registers, and which of them does what next.

use super::barrier::Release;
use super::context::Context;
use super::groups::{Group, Groups, State};
use super::launch::Launch;
use super::locate::Part;
use crate::finding::Kind;
use crate::memory::Region;
use crate::parse::Space;
use crate::program::{Action, Condition, Reduction};
use crate::trace::Step as Executed;
use crate::types::{LANES, Lanes, Mask};

/// A warp that runs.
pub(super) struct Warp {
    /// Its number in the block.
    pub number: usize,
    pub registers: Vec<Lanes>,
    pub predicates: Vec<Mask>,
    /// In which lanes a register was never written, and which instruction is to blame.
    pub undefined: Vec<(Mask, u32)>,
    pub undefined_predicates: Vec<(Mask, u32)>,
    pub local: Vec<Region>,
    pub groups: Groups,
    /// Room for the parts of an access, kept from one to the next.
    pub spare_parts: Vec<Part>,
    /// The lanes that it began with.
    pub started: Mask,
    /// Instructions so far.
    pub executed: u64,
}

/// What a warp is about when it stops.
pub(super) enum WarpState {
    Ended,
    /// For other warps.
    Waits,
    /// It could go on, but others may have to.
    Paused,
}

/// What became of a group that ran.
pub(super) enum Step {
    /// Look again who should run.
    Choose,
    /// It ran for long.
    Tired,
    Stopped,
}

/// Instructions after which another group, and another warp, has its turn.
const SLICE: u32 = 4096;

/// No instruction: the register was never written at all.
pub(super) const NEVER: u32 = u32::MAX;

impl Warp {
    /// A warp with its memory, not yet at a start.
    pub fn new(launch: &Launch, number: usize) -> Warp {
        let kernel = launch.kernel;
        let local = kernel.variables_in(Space::Local).map(|variable| {
            let size = variable.bytes() as usize * LANES;
            Region::unwritten(&variable.name, variable.element, size)
        });
        Warp {
            number,
            registers: vec![[0; LANES]; kernel.registers],
            predicates: vec![0; kernel.predicates],
            undefined: vec![(0, NEVER); kernel.registers],
            undefined_predicates: vec![(0, NEVER); kernel.predicates],
            local: local.collect(),
            groups: Groups::default(),
            spare_parts: Vec::new(),
            started: 0,
            executed: 0,
        }
    }

    /// How many threads have not ended.
    pub fn living(&self) -> u32 {
        self.groups.living().count_ones()
    }

    /// In which lanes a condition holds.
    pub fn holds(&self, condition: Condition) -> Mask {
        let value = self.predicates[condition.predicate];
        if condition.negated { !value } else { value }
    }

    /// Runs until nothing more is possible, or for a while.
    pub fn run(&mut self, context: &mut Context) -> WarpState {
        let mut after = None;
        let mut slices = 0;
        loop {
            let Some(index) = self.groups.choose(after) else {
                if self.groups.all.is_empty() {
                    return WarpState::Ended;
                }
                // Lanes that wait for others of their warp, and nobody moves: go on without.
                let stuck =
                    self.groups.all.iter().position(|group| group.state == State::Warp);
                let Some(stuck) = stuck else { return WarpState::Waits };
                self.absent(context, stuck);
                continue;
            };
            let index = self.groups.gather(index);
            match self.run_group(context, index, after.is_some()) {
                Step::Choose => after = None,
                Step::Stopped => return WarpState::Ended,
                Step::Tired => {
                    let tired = self.groups.all.get(index).map(|group| group.at);
                    after = if after.is_some() { None } else { tired };
                    slices += 1;
                    if slices == 2 {
                        return WarpState::Paused;
                    }
                }
            }
        }
    }

    /// Runs one group. A `patient` one does not mind that others stand before it.
    fn run_group(&mut self, context: &mut Context, index: usize, patient: bool) -> Step {
        let kernel = context.launch.kernel;
        for _ in 0..SLICE {
            let Group { at, lanes, .. } = self.groups.all[index];
            let instruction = &kernel.code[at];
            let active = match instruction.guard {
                None => lanes,
                Some(guard) => {
                    self.need_condition(context, at, guard, lanes);
                    lanes & self.holds(guard)
                }
            };
            self.executed += 1;
            let counts = &mut context.launch.counts[at];
            counts.instructions += 1;
            counts.thread_instructions += active.count_ones() as u64;
            if context.launch.settings.trace {
                self.keep(context, index, active);
            }
            if self.executed > context.launch.settings.budget {
                let lane = lanes.trailing_zeros() as usize;
                let message = format!(
                    "has executed {} instructions and not ended; this may be an endless loop",
                    context.launch.settings.budget
                );
                self.report(context, Kind::Endless, at, lane, message);
                context.launch.stopped = true;
                return Step::Stopped;
            }
            if !self.step(context, index, active) {
                return if context.launch.stopped { Step::Stopped } else { Step::Choose };
            }
            if self.groups.all.len() > 1 {
                let joint = self.groups.join(index);
                let at = self.groups.all[joint].at;
                let ahead = |group: &Group| group.state == State::Ready && group.at < at;
                if joint != index || !patient && self.groups.all.iter().any(ahead) {
                    return Step::Choose;
                }
            }
        }
        Step::Tired
    }

    /// Keeps an instruction for who wants to see all of them.
    fn keep(&self, context: &mut Context, index: usize, active: Mask) {
        let Group { at, lanes, .. } = self.groups.all[index];
        context.launch.trace.push(Executed {
            block: context.shared.index,
            warp: self.number,
            place: context.launch.kernel.code[at].place.clone(),
            lanes,
            active,
            shared: Vec::new(),
        });
    }

    /// Ends these lanes of a group. Returns whether the group still has lanes.
    pub fn end(&mut self, index: usize, lanes: Mask) -> bool {
        let group = &mut self.groups.all[index];
        group.lanes &= !lanes;
        group.at += 1;
        if group.lanes == 0 {
            self.groups.all.swap_remove(index);
            return false;
        }
        true
    }

    /// Goes on behind a barrier, with what `bar.red` found.
    pub fn pass(&mut self, release: &Release, code: &[crate::program::Instruction]) {
        let number = self.number;
        let own = release.arrivals.iter().filter(|arrival| arrival.warp == number);
        for arrival in own.filter(|arrival| arrival.waits) {
            let Action::Barrier(barrier) = &code[arrival.instruction].action else {
                continue;
            };
            if let Some(count) = barrier.count {
                self.write(count, &[release.count as u64; LANES], arrival.lanes);
            }
            if let (Some(verdict), Some((reduction, _))) =
                (barrier.verdict, barrier.reduction)
            {
                let verdict_holds = match reduction {
                    Reduction::Any => release.count > 0,
                    _ => release.all,
                };
                let value = if verdict_holds { Mask::MAX } else { 0 };
                self.write_predicate(verdict, value, arrival.lanes);
            }
            for group in &mut self.groups.all {
                if group.state == State::Barrier && group.lanes & arrival.lanes != 0 {
                    group.state = State::Ready;
                }
            }
        }
        self.groups.join_all();
    }

    /// The barrier at which it waits, and a lane that does.
    pub fn waits_at(&self) -> Option<(usize, usize)> {
        let group = self.groups.all.iter().find(|group| group.state == State::Barrier)?;
        Some((group.at - 1, group.lanes.trailing_zeros() as usize))
    }
}
