//! Where lanes go: branches, and the barriers of the block.

use super::barrier::Arrival;
use super::context::Context;
use super::groups::{Group, State};
use super::warp::Warp;
use crate::finding::Kind;
use crate::program::{Action, Barrier};
use crate::types::{LANES, Mask};

impl Warp {
    /// Sends the active lanes to their targets and the others on.
    pub(super) fn branch(
        &mut self,
        context: &mut Context,
        index: usize,
        active: Mask,
        target: impl Fn(usize) -> usize,
    ) -> bool {
        let Group { at, lanes, .. } = self.groups.all[index];
        let mut parts = vec![(at + 1, lanes & !active)];
        for lane in (0..LANES).filter(|lane| active >> lane & 1 == 1) {
            let to = target(lane);
            match parts.iter_mut().find(|part| part.0 == to) {
                Some(part) => part.1 |= 1 << lane,
                None => parts.push((to, 1 << lane)),
            }
        }
        parts.retain(|part| part.1 != 0);
        context.launch.counts[at].branches += 1;
        context.launch.counts[at].divergent_branches += (parts.len() > 1) as u64;
        let group = &mut self.groups.all[index];
        (group.at, group.lanes) = parts[0];
        for &(at, lanes) in &parts[1..] {
            self.groups.all.push(Group { at, lanes, state: State::Ready });
            self.groups.join(self.groups.all.len() - 1);
        }
        parts.len() == 1
    }

    /// Lets those lanes of a group go on for which an instruction is not; they may come back.
    pub(super) fn leave_behind(&mut self, index: usize, active: Mask) {
        let Group { at, lanes, .. } = self.groups.all[index];
        if active != lanes {
            self.groups.all[index].lanes = active;
            let others =
                Group { at: at + 1, lanes: lanes & !active, state: State::Ready };
            self.groups.all.push(others);
        }
    }

    /// Living lanes that are not in the group and not about to end.
    pub(super) fn elsewhere(&self, context: &Context, index: usize) -> Mask {
        let ends = |group: &&Group| {
            let next = &context.launch.kernel.code[group.at];
            next.guard.is_none() && matches!(next.action, Action::Exit)
        };
        let ending =
            self.groups.all.iter().filter(ends).fold(0, |all, group| all | group.lanes);
        self.groups.living() & !self.groups.all[index].lanes & !ending
    }

    /// Lets a group wait for lanes of its warp; it will try the same instruction again.
    pub(super) fn wait(&mut self, context: &mut Context, index: usize) -> bool {
        let Group { at, lanes, .. } = self.groups.all[index];
        let counts = &mut context.launch.counts[at];
        counts.instructions -= 1;
        counts.thread_instructions -= lanes.count_ones() as u64;
        context.launch.trace.pop();
        self.groups.all[index].state = State::Warp;
        false
    }

    /// Comes to a barrier of the block, with the whole warp if it wants that.
    pub(super) fn barrier(
        &mut self,
        context: &mut Context,
        index: usize,
        barrier: &Barrier,
    ) -> bool {
        if barrier.aligned && self.elsewhere(context, index) != 0 {
            return self.wait(context, index);
        }
        self.arrive(context, index, barrier)
    }

    /// Waits at a barrier of the block, or says that it was there.
    pub(super) fn arrive(
        &mut self,
        context: &mut Context,
        index: usize,
        barrier: &Barrier,
    ) -> bool {
        let Group { at, lanes, .. } = self.groups.all[index];
        context.launch.counts[at].barriers += 1;
        let lane = lanes.trailing_zeros() as usize;
        let number = self.registers[barrier.number][lane] as u32;
        let threads =
            barrier.threads.map(|register| self.registers[register][lane] as u32);
        if let Some(message) = invalid(number, threads) {
            self.report(context, Kind::InvalidBarrier, at, lane, message);
            context.launch.stopped = true;
            return false;
        }
        let predicate =
            barrier.reduction.map_or(0, |(_, condition)| self.holds(condition));
        let arrival = Arrival {
            warp: self.number,
            lanes,
            instruction: at,
            waits: barrier.waits,
            threads,
            predicate,
        };
        let group = &mut self.groups.all[index];
        group.at += 1;
        group.state = if barrier.waits { State::Barrier } else { State::Ready };
        context.shared.barriers.arrive(number as usize, arrival);
        !barrier.waits
    }

    /// Nobody else of the warp can move, and the lanes that a group waits for do not come. Goes
    /// on without them.
    pub(super) fn absent(&mut self, context: &mut Context, index: usize) {
        let Group { at, lanes, .. } = self.groups.all[index];
        let kernel = context.launch.kernel;
        let (action, opcode) = (&kernel.code[at].action, &kernel.code[at].opcode);
        let missing = !lanes & self.awaited(action, lanes);
        let (ended, away) =
            (missing & !self.groups.living(), missing & self.groups.living());
        let mut others = String::new();
        for (what, lanes) in [("elsewhere", away), ("ended without it", ended)] {
            if lanes != 0 {
                others = format!("{others}; {what}: {}", lanes_in_words(lanes));
            }
        }
        let (kind, message) = match action {
            Action::Barrier(_) => {
                let message = format!(
                    "comes to a barrier with {} of its warp{others}",
                    lanes_in_words(lanes)
                );
                (Kind::DivergentBarrier, message)
            }
            _ => {
                let message = format!(
                    "executes `{opcode}` with {}, and its mask names others{others}",
                    lanes_in_words(lanes)
                );
                (Kind::WarpMask, message)
            }
        };
        if context.launch.settings.checks.synchronisation {
            self.report(context, kind, at, lanes.trailing_zeros() as usize, message);
        }
        if let Action::Barrier(barrier) = action {
            self.arrive(context, index, barrier);
            return;
        }
        self.act(context, at, action, lanes);
        let group = &mut self.groups.all[index];
        group.at += 1;
        group.state = State::Ready;
        self.groups.join(index);
    }
}

/// What is wrong with a barrier's operands.
fn invalid(number: u32, threads: Option<u32>) -> Option<String> {
    match (number, threads) {
        (16.., _) => Some(format!("uses barrier {number}; there are 16, from 0 to 15")),
        (_, Some(threads)) if threads == 0 || threads % 32 != 0 => Some(format!(
            "wants {threads} threads at a barrier; the number must be a multiple of 32"
        )),
        _ => None,
    }
}

/// `lane 3` or `lanes 0-15, 20`.
pub(super) fn lanes_in_words(lanes: Mask) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut lane = 0;
    while lane < LANES {
        if lanes >> lane & 1 == 0 {
            lane += 1;
            continue;
        }
        let first = lane;
        while lane < LANES && lanes >> lane & 1 == 1 {
            lane += 1;
        }
        words.push(match lane - first {
            1 => first.to_string(),
            _ => format!("{first}-{}", lane - 1),
        });
    }
    let lanes = if lanes.count_ones() == 1 { "lane" } else { "lanes" };
    format!("{lanes} {}", words.join(", "))
}
