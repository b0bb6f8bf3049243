//! How a mistake becomes a finding, and what is known of registers that nobody wrote.

use super::context::Context;
use super::execute::worse;
use super::launch::Launch;
use super::warp::{NEVER, Warp};
use crate::finding::{Element, Finding, Kind, Other, Thread};
use crate::memory::Event;
use crate::program::{Action, Condition, Instruction, Predicate, Register};
use crate::types::{LANES, Mask};

/// A mistake at an access, before it has a place and a thread.
pub(super) struct Problem {
    pub kind: Kind,
    pub lane: usize,
    pub element: Option<Element>,
    /// The earlier access, and whether it wrote.
    pub other: Option<(Event, bool)>,
    pub message: String,
}

impl Warp {
    /// The thread in a lane.
    fn thread(launch: &Launch, index: [u32; 3], warp: usize, lane: usize) -> Thread {
        let [x, y, _] = launch.shape.block;
        let thread = (warp * LANES + lane) as u32;
        Thread { block: index, thread: [thread % x, thread / x % y, thread / x / y] }
    }

    fn finding(
        &self,
        context: &Context,
        instruction: usize,
        problem: Problem,
    ) -> Finding {
        let [columns, rows, _] = context.launch.shape.grid;
        let other = problem.other.map(|(event, writes)| {
            let number = event.block - context.launch.first_block;
            let index =
                [number % columns, number / columns % rows, number / columns / rows];
            // Of all lanes that did it, one that is another thread.
            let same =
                event.block == context.shared.order.block && event.warp() == self.number;
            let others =
                event.lanes & if same { !(1 << problem.lane) } else { Mask::MAX };
            let lane = others.trailing_zeros() as usize;
            Other {
                place: context.launch.kernel.place(event.instruction()),
                thread: Warp::thread(context.launch, index, event.warp(), lane),
                writes,
            }
        });
        Finding {
            kind: problem.kind,
            kernel: context.launch.kernel.name.clone(),
            place: context.launch.kernel.place(instruction),
            thread: Warp::thread(
                context.launch,
                context.shared.index,
                self.number,
                problem.lane,
            ),
            element: problem.element,
            other,
            message: problem.message,
            times: 1,
        }
    }

    /// Tells of a problem with an access.
    pub fn problem(&self, context: &mut Context, instruction: usize, problem: Problem) {
        let finding = self.finding(context, instruction, problem);
        context.launch.findings.add(finding);
    }

    /// Tells of a mistake that touches no memory.
    pub fn report(
        &self,
        context: &mut Context,
        kind: Kind,
        instruction: usize,
        lane: usize,
        message: String,
    ) {
        let problem = Problem { kind, lane, element: None, other: None, message };
        self.problem(context, instruction, problem);
    }

    /// Tells of something that is allowed.
    pub fn lint(
        &self,
        context: &mut Context,
        instruction: usize,
        lane: usize,
        message: String,
    ) {
        let kind = Kind::SkippedBarrier;
        let problem = Problem { kind, lane, element: None, other: None, message };
        let finding = self.finding(context, instruction, problem);
        context.launch.lints.add(finding);
    }

    /// In which of the active lanes one of these registers is undefined, and what is to blame.
    pub fn undefined_in(&self, registers: &[Register], active: Mask) -> (Mask, u32) {
        let all = registers.iter().map(|register| self.undefined[*register]);
        all.fold((0, NEVER), |all, one| worse(all, one, active))
    }

    /// Marks a register that was computed from undefined ones.
    pub fn taint(&mut self, to: Register, (lanes, cause): (Mask, u32), active: Mask) {
        if lanes & active != 0 {
            self.undefined[to] = (self.undefined[to].0 | lanes & active, cause);
        }
    }

    /// Marks a predicate that was computed from undefined values.
    pub fn taint_predicate(
        &mut self,
        to: Predicate,
        (lanes, cause): (Mask, u32),
        active: Mask,
    ) {
        if lanes & active != 0 {
            let before = self.undefined_predicates[to].0;
            self.undefined_predicates[to] = (before | lanes & active, cause);
        }
    }

    /// Demands that a register is defined where it decides over something.
    pub fn need(
        &mut self,
        context: &mut Context,
        at: usize,
        register: Register,
        active: Mask,
        what: &str,
    ) {
        let (lanes, cause) = self.undefined[register];
        if lanes & active != 0 && context.launch.settings.checks.uninitialised {
            self.blame(context, at, lanes & active, cause, what);
            self.undefined[register].0 &= !active;
        }
    }

    /// Demands that a predicate is defined where it decides over something.
    pub fn need_condition(
        &mut self,
        context: &mut Context,
        at: usize,
        condition: Condition,
        lanes: Mask,
    ) {
        let (undefined, cause) = self.undefined_predicates[condition.predicate];
        if undefined & lanes != 0 && context.launch.settings.checks.uninitialised {
            self.blame(context, at, undefined & lanes, cause, "a condition");
            self.undefined_predicates[condition.predicate].0 &= !lanes;
        }
    }

    fn blame(
        &self,
        context: &mut Context,
        at: usize,
        lanes: Mask,
        cause: u32,
        what: &str,
    ) {
        let lane = lanes.trailing_zeros() as usize;
        let code = &context.launch.kernel.code;
        let (kind, at, message) = match code.get(cause as usize) {
            None => {
                let message =
                    format!("uses, for {what}, a register that was never written");
                (Kind::UndefinedRegister, at, message)
            }
            // The mistake is not where the value is used, but where it came from.
            Some(Instruction { action: Action::Shuffle(_), opcode, .. }) => {
                let message = format!(
                    "takes by `{opcode}` the value of a lane that does not take part (it has ended, \
                     or is elsewhere, or does not exist), and {what} at {} depends on it",
                    code[at].place
                );
                (Kind::WarpMask, cause as usize, message)
            }
            Some(Instruction { opcode, place, .. }) => {
                let message = format!(
                    "uses, for {what}, a value that `{opcode}` at {place} left undefined"
                );
                (Kind::UndefinedRegister, at, message)
            }
        };
        self.report(context, kind, at, lane, message);
    }
}
