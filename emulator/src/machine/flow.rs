//! Where lanes go: branches, and the barriers of the block.

use super::barrier::Arrival;
use super::context::Context;
use super::groups::{Group, State};
use super::warp::Warp;
use crate::finding::Kind;
use crate::program::Barrier;
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

    pub(super) fn barrier(
        &mut self,
        context: &mut Context,
        index: usize,
        barrier: &Barrier,
        active: Mask,
    ) -> bool {
        let Group { at, lanes, .. } = self.groups.all[index];
        context.launch.counts[at].barriers += 1;
        let lane = active.trailing_zeros() as usize;
        let living = self.groups.living();
        if barrier.aligned
            && active != living
            && context.launch.settings.checks.synchronisation
        {
            let missing = (living & !active).trailing_zeros() as usize;
            let message = format!(
                "reaches a barrier without the whole warp: its lanes {} are elsewhere, lane \
                 {missing} for one",
                lanes_in_words(living & !active)
            );
            self.report(context, Kind::DivergentBarrier, at, lane, message);
        }
        let number = self.registers[barrier.number][lane] as usize;
        if number > 15 {
            let message = format!("uses barrier {number}; there are 16, from 0 to 15");
            self.report(context, Kind::Deadlock, at, lane, message);
            context.launch.stopped = true;
            return false;
        }
        let threads =
            barrier.threads.map(|register| self.registers[register][lane] as u32);
        let predicate =
            barrier.reduction.map_or(0, |(_, condition)| self.holds(condition));
        if active != lanes {
            self.groups.all[index].lanes = active;
            self.groups.all.push(Group {
                at: at + 1,
                lanes: lanes & !active,
                state: State::Ready,
            });
        }
        let arrival = Arrival {
            warp: self.number,
            lanes: active,
            instruction: at,
            waits: barrier.waits,
            threads: threads.filter(|threads| *threads > 0),
            predicate,
        };
        self.arrive(context, number, arrival, index);
        !barrier.waits
    }
}

/// `0, 1, 2` or `0-15, 20`.
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
    words.join(", ")
}
