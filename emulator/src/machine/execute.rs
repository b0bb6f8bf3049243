//! One instruction in all lanes of a group.

use super::context::Context;
use super::warp::Warp;
use crate::finding::Kind;
use crate::memory::{generic, space_of, specific};
use crate::program::{Action, Instruction, Predicate, Register};
use crate::types::{LANES, Lanes, Mask};

impl Warp {
    /// Does the next instruction of a group. Returns whether the same group goes on.
    pub fn step(&mut self, context: &mut Context, index: usize, active: Mask) -> bool {
        let at = self.groups.all[index].at;
        let kernel = context.launch.kernel;
        let instruction = &kernel.code[at];
        match &instruction.action {
            Action::Branch(target) => {
                return self.branch(context, index, active, |_| *target);
            }
            Action::Table { index: from, targets } => {
                self.need(context, at, *from, active, "the target of a branch");
                let chosen = self.registers[*from];
                let beyond = kernel.code.len() - 1;
                let target = |lane: usize| {
                    *targets.get(chosen[lane] as u32 as usize).unwrap_or(&beyond)
                };
                return self.branch(context, index, active, target);
            }
            Action::Exit => return self.end(index, active),
            Action::Trap if active != 0 => {
                let lane = active.trailing_zeros() as usize;
                let message = "gave up: the kernel executed `trap`".to_string();
                self.report(context, Kind::Trap, at, lane, message);
                context.launch.stopped = true;
                return false;
            }
            Action::Barrier(barrier) if active != 0 => {
                self.leave_behind(index, active);
                return self.barrier(context, index, barrier);
            }
            Action::WarpBarrier { .. }
            | Action::Shuffle(_)
            | Action::Vote(_)
            | Action::Match(_)
                if active != 0 =>
            {
                self.leave_behind(index, active);
                if !self.together(context, index, &instruction.action) {
                    return false;
                }
            }
            _ if active != 0 => self.execute(context, at, instruction, active),
            _ => {}
        }
        self.groups.all[index].at += 1;
        true
    }

    fn execute(
        &mut self,
        context: &mut Context,
        at: usize,
        instruction: &Instruction,
        active: Mask,
    ) {
        match &instruction.action {
            Action::Compute { compute, from, to } => {
                let inputs = from.map(|register| &self.registers[register]);
                let mut result = (compute.run)(inputs);
                if let (Some(bound), Some(random)) =
                    (compute.bound, &mut context.launch.random)
                {
                    for lane in &mut result {
                        *lane = bound.perturb(*lane, compute.output, random.bits());
                    }
                }
                let used = &from[..compute.inputs.len()];
                let undefined = self.undefined_in(used, active);
                self.write(*to, &result, active);
                self.taint(*to, undefined, active);
            }
            Action::Compare { comparison, from, with, to, opposite } => {
                let inputs = from.map(|register| &self.registers[register]);
                let holds = (comparison.run)(inputs);
                let mut undefined =
                    self.undefined_in(&from[..comparison.inputs.len()], active);
                let (mut value, mut other) = (holds, !holds);
                if let Some((logic, condition)) = with {
                    let with = self.holds(*condition);
                    (value, other) = (logic.apply(value, with), logic.apply(other, with));
                    undefined = worse(
                        undefined,
                        self.undefined_predicates[condition.predicate],
                        active,
                    );
                }
                for (predicate, value) in [(to, value), (opposite, other)] {
                    if let Some(predicate) = predicate {
                        self.write_predicate(*predicate, value, active);
                        self.taint_predicate(*predicate, undefined, active);
                    }
                }
            }
            Action::Combine { logic, from, to } => {
                let [a, b] = from.map(|condition| self.holds(condition));
                let undefined = from.map(|c| self.undefined_predicates[c.predicate]);
                self.write_predicate(*to, logic.apply(a, b), active);
                self.taint_predicate(
                    *to,
                    worse(undefined[0], undefined[1], active),
                    active,
                );
            }
            Action::Select { from: [a, b], by, to } => {
                let chosen = self.holds(*by);
                let (left, right) = (&self.registers[*a], &self.registers[*b]);
                let pick =
                    |lane| if chosen >> lane & 1 == 1 { left[lane] } else { right[lane] };
                let value = std::array::from_fn(pick);
                let (left, right) = (self.undefined[*a], self.undefined[*b]);
                let sides = worse(
                    (left.0 & chosen, left.1),
                    (right.0 & !chosen, right.1),
                    active,
                );
                let undefined =
                    worse(sides, self.undefined_predicates[by.predicate], active);
                self.write(*to, &value, active);
                self.taint(*to, undefined, active);
            }
            Action::Carry(carry) => self.carry(carry, active),
            Action::Move { from, to } => {
                let undefined = self.undefined[*from];
                let value = self.registers[*from];
                self.write(*to, &value, active);
                self.taint(*to, undefined, active);
            }
            Action::Pack { from, bits, to } => {
                let part = |register: &Register, lane: usize| {
                    self.registers[*register][lane] & ((1 << bits) - 1)
                };
                let value = std::array::from_fn(|lane| {
                    from.iter()
                        .rev()
                        .fold(0, |all, register| all << bits | part(register, lane))
                });
                // A compiler fills the upper half with anything where only the lower one counts.
                let undefined = self.undefined_in(&from[..1], active);
                self.write(*to, &value, active);
                self.taint(*to, undefined, active);
            }
            Action::Unpack { from, bits, to } => {
                let (whole, undefined) = (self.registers[*from], self.undefined[*from]);
                for (number, to) in to.iter().enumerate() {
                    if let Some(to) = to {
                        let shift = number as u32 * bits;
                        let part = whole.map(|lane| lane >> shift & ((1 << bits) - 1));
                        self.write(*to, &part, active);
                        self.taint(*to, undefined, active);
                    }
                }
            }
            Action::Convert { space, generic: outwards, from, to } => {
                let convert = |address| match outwards {
                    true => generic(*space, address),
                    false => specific(*space, address),
                };
                let undefined = self.undefined[*from];
                let value = self.registers[*from].map(convert);
                self.write(*to, &value, active);
                self.taint(*to, undefined, active);
            }
            Action::IsSpace { space, from, to } => {
                let addresses = &self.registers[*from];
                let value = mask(|lane| space_of(addresses[lane]) == *space);
                self.write_predicate(*to, value, active);
            }
            Action::Clock { to } => self.write(*to, &[self.executed; LANES], active),
            Action::ActiveMask { to } => self.write(*to, &[active as u64; LANES], active),
            Action::Load(load) => self.load(context, at, load, active),
            Action::Store(store) => self.store(context, at, store, active),
            Action::Atomic(atomic) => self.atomic(context, at, atomic, active),
            Action::Fence { block } => context.shared.order.fence(self.number, *block),
            _ => {}
        }
    }

    /// Writes a register in the active lanes.
    pub fn write(&mut self, to: Register, value: &Lanes, active: Mask) {
        let register = &mut self.registers[to];
        if active == Mask::MAX {
            *register = *value;
        } else {
            for lane in 0..LANES {
                let keep = (active >> lane & 1) as u64;
                register[lane] = if keep == 1 { value[lane] } else { register[lane] };
            }
        }
        self.undefined[to].0 &= !active;
    }

    /// Writes a predicate in the active lanes.
    pub fn write_predicate(&mut self, to: Predicate, value: Mask, active: Mask) {
        self.predicates[to] = self.predicates[to] & !active | value & active;
        self.undefined_predicates[to].0 &= !active;
    }
}

/// The lanes for which this holds.
pub(super) fn mask(holds: impl Fn(usize) -> bool) -> Mask {
    (0..LANES).fold(0, |mask, lane| mask | (holds(lane) as Mask) << lane)
}

/// What is undefined in either, with the first one's cause.
pub(super) fn worse(a: (Mask, u32), b: (Mask, u32), active: Mask) -> (Mask, u32) {
    ((a.0 | b.0) & active, if a.0 & active != 0 { a.1 } else { b.1 })
}
