//! What the lanes of a warp do together: shuffles, votes, matches (ISA, section 9.7.9 and
//! 9.7.13). All lanes that a mask names must come; those that ended are not waited for.

use super::access::lanes;
use super::context::Context;
use super::execute::mask;
use super::groups::Group;
use super::warp::Warp;
use crate::finding::Kind;
use crate::program::{
    Action, Match, MatchKind, Register, Shuffle, ShuffleMode, Vote, VoteKind,
};
use crate::types::{LANES, Mask};

impl Warp {
    /// Does a warp operation, if all lanes that its mask names are there; else the group waits.
    pub fn together(
        &mut self,
        context: &mut Context,
        index: usize,
        action: &Action,
    ) -> bool {
        let Group { at, lanes: active, .. } = self.groups.all[index];
        let members = self.members(action);
        self.need(context, at, members, active, "the mask of a warp operation");
        if self.named(members, active) & self.elsewhere(context, index) != 0 {
            return self.wait(context, index);
        }
        self.check_masks(context, at, members, active);
        self.act(context, at, action, active);
        true
    }

    /// The lanes that must come to an instruction before these can go on.
    pub(super) fn awaited(&self, action: &Action, active: Mask) -> Mask {
        match action {
            Action::Barrier(_) => self.started,
            action => self.named(self.members(action), active) & self.started,
        }
    }

    fn members(&self, action: &Action) -> Register {
        match action {
            Action::WarpBarrier { members } => *members,
            Action::Shuffle(shuffle) => shuffle.members,
            Action::Vote(vote) => vote.members,
            Action::Match(found) => found.members,
            _ => 0,
        }
    }

    /// All lanes that the masks of these lanes name.
    fn named(&self, members: Register, active: Mask) -> Mask {
        lanes(active).fold(0, |named, lane| named | self.registers[members][lane] as Mask)
    }

    /// A lane must be in its own mask, and lanes that name one another must name the same.
    fn check_masks(
        &mut self,
        context: &mut Context,
        at: usize,
        members: Register,
        active: Mask,
    ) {
        if !context.launch.settings.checks.synchronisation {
            return;
        }
        let masks = self.registers[members];
        for lane in lanes(active) {
            let own = masks[lane] as Mask;
            let message = if own >> lane & 1 == 0 {
                format!(
                    "executes `{}` and is lane {lane}, which is not in its mask {own:#010x}",
                    context.launch.kernel.code[at].opcode
                )
            } else if let Some(other) =
                lanes(own & active).find(|o| masks[*o] as Mask != own)
            {
                format!(
                    "names lane {other} in its mask {own:#010x}, and that lane has the mask {:#010x}",
                    masks[other] as Mask
                )
            } else {
                continue;
            };
            return self.report(context, Kind::WarpMask, at, lane, message);
        }
    }

    pub(super) fn act(
        &mut self,
        context: &mut Context,
        at: usize,
        action: &Action,
        active: Mask,
    ) {
        match action {
            Action::WarpBarrier { members } => {
                let named = self.named(*members, active) & active;
                let whole = named == self.groups.living();
                context.shared.order.warp_barrier(self.number, named, whole);
            }
            Action::Shuffle(shuffle) => self.shuffle(at, shuffle, active),
            Action::Vote(vote) => self.vote(vote, active),
            Action::Match(found) => self.find_match(found, active),
            _ => {}
        }
    }

    /// The ISA's pseudocode, section 9.7.9.6.
    fn shuffle(&mut self, at: usize, shuffle: &Shuffle, active: Mask) {
        let values = self.registers[shuffle.from];
        let (steps, clamps) =
            (self.registers[shuffle.lane], self.registers[shuffle.clamp]);
        let (mut result, mut valid) = ([0; LANES], 0);
        let (mut missing, mut undefined) = (0, 0);
        for lane in lanes(active) {
            let (step, clamp) = (steps[lane] as usize & 31, clamps[lane] as usize);
            let segment = clamp >> 8 & 31;
            let last = lane & segment | clamp & 31 & !segment;
            let (source, inside) = match shuffle.mode {
                ShuffleMode::Up => {
                    (lane.wrapping_sub(step), lane as i32 - step as i32 >= last as i32)
                }
                ShuffleMode::Down => (lane + step, lane + step <= last),
                ShuffleMode::Butterfly => (lane ^ step, lane ^ step <= last),
                ShuffleMode::Index => {
                    let source = lane & segment | step & !segment;
                    (source, source <= last)
                }
            };
            let source = if inside { source } else { lane };
            valid |= (inside as Mask) << lane;
            if active >> source & 1 == 1 {
                result[lane] = values[source];
                undefined |= (self.undefined[shuffle.from].0 >> source & 1) << lane;
            } else {
                // Undefined by the ISA; the device that was measured returns 0.
                missing |= 1 << lane;
            }
        }
        let cause = self.undefined[shuffle.from].1;
        if let Some(to) = shuffle.to {
            self.write(to, &result, active);
            self.taint(to, (undefined, cause), active);
            self.taint(to, (missing, at as u32), active);
        }
        if let Some(predicate) = shuffle.valid {
            self.write_predicate(predicate, valid, active);
        }
    }

    /// For each lane, the lanes that act with it.
    fn company(&self, members: Register, active: Mask) -> [Mask; LANES] {
        std::array::from_fn(|lane| self.registers[members][lane] as Mask & active)
    }

    fn vote(&mut self, vote: &Vote, active: Mask) {
        let votes = self.holds(vote.from) & active;
        let undefined = self.undefined_predicates[vote.from.predicate];
        let company = self.company(vote.members, active);
        let verdict = |holds: &dyn Fn(Mask) -> bool| mask(|lane| holds(company[lane]));
        let (to, value) = match vote.kind {
            VoteKind::Ballot(to) => {
                let ballots = company.map(|company| (votes & company) as u64);
                self.write(to, &ballots, active);
                let tainted = mask(|lane| company[lane] & undefined.0 != 0);
                return self.taint(to, (tainted, undefined.1), active);
            }
            VoteKind::All(to) => (to, verdict(&|company| votes & company == company)),
            VoteKind::Any(to) => (to, verdict(&|company| votes & company != 0)),
            VoteKind::Uniform(to) => (
                to,
                verdict(&|company| votes & company == company || votes & company == 0),
            ),
        };
        self.write_predicate(to, value, active);
        let tainted = mask(|lane| company[lane] & undefined.0 != 0);
        self.taint_predicate(to, (tainted, undefined.1), active);
    }

    fn find_match(&mut self, found: &Match, active: Mask) {
        let bits = found.element.size() * 8;
        let values =
            self.registers[found.from].map(|value| value << (64 - bits) >> (64 - bits));
        let company = self.company(found.members, active);
        let (mut result, mut all) = ([0; LANES], 0);
        for lane in lanes(active) {
            let equal =
                lanes(company[lane]).filter(|other| values[*other] == values[lane]);
            let equal = equal.fold(0, |mask: Mask, other| mask | 1 << other);
            let same = equal == company[lane];
            all |= (same as Mask) << lane;
            result[lane] = match &found.kind {
                MatchKind::Any => equal as u64,
                MatchKind::All if same => equal as u64,
                MatchKind::All => 0,
                MatchKind::Join(operation) => {
                    let mut members = lanes(company[lane]).map(|other| values[other]);
                    let first = members.next().unwrap_or(0);
                    members
                        .fold(first, |joined, value| (operation.apply)(joined, value, 0))
                }
            };
        }
        let undefined = self.undefined[found.from];
        let tainted = mask(|lane| company[lane] & undefined.0 != 0);
        if let Some(to) = found.to {
            self.write(to, &result, active);
            self.taint(to, (tainted, undefined.1), active);
        }
        if let Some(predicate) = found.all {
            self.write_predicate(predicate, all, active);
            self.taint_predicate(predicate, (tainted, undefined.1), active);
        }
    }
}
