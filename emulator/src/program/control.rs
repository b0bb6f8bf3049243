//! Where a thread goes on, and where threads wait for one another.

use super::action::{Action, Barrier, Reduction};
use super::build::Builder;
use super::compute::modifiers;
use crate::error::Result;
use crate::parse::{Instruction, Operand};
use crate::types::Type;

impl Builder<'_> {
    pub(super) fn control(
        &mut self,
        instruction: &Instruction,
    ) -> Result<Option<Action>> {
        let all = modifiers(instruction);
        Ok(Some(match (instruction.base.as_str(), all.as_slice()) {
            ("bra", [] | ["uni"]) => {
                let [Operand::Name(label)] = self.operands(instruction)? else {
                    return self.error("`bra` wants a label");
                };
                Action::Branch(self.label(label)?)
            }
            ("brx", ["idx"] | ["idx", "uni"]) => {
                let [index, Operand::Name(list)] = self.operands(instruction)? else {
                    return self.error("`brx.idx` wants an index and a list of labels");
                };
                let Some(labels) = self.targets.get(list.as_str()).copied() else {
                    return self
                        .error(format!("there is no list of branch targets `{list}`"));
                };
                let targets = labels.iter().map(|label| self.label(label));
                let targets = targets.collect::<Result<_>>()?;
                Action::Table { index: self.value(index, Type::U32)?, targets }
            }
            ("ret", [] | ["uni"]) | ("exit", []) => Action::Exit,
            ("trap", []) => Action::Trap,
            ("brkpt" | "pmevent" | "nanosleep" | "setmaxnreg", _) => Action::Nothing,
            ("call", _) => {
                return self
                    .error("this call cannot be followed: its function is unknown");
            }
            ("bar", ["warp", "sync"]) => return Ok(None),
            ("bar" | "barrier", [..]) => {
                Action::Barrier(self.barrier(instruction, &all)?)
            }
            _ => return Ok(None),
        }))
    }

    /// `bar.sync a{, b}`, `bar.red.popc.u32 d, a{, b}, p`, `bar.arrive a, b` (ISA, 9.7.13.1).
    fn barrier(
        &mut self,
        instruction: &Instruction,
        modifiers: &[&str],
    ) -> Result<Barrier> {
        let mut modifiers = modifiers.to_vec();
        modifiers.retain(|modifier| *modifier != "cta");
        // `bar` is `barrier.aligned`.
        let mut aligned = instruction.base == "bar";
        if let Some(at) = modifiers.iter().position(|modifier| *modifier == "aligned") {
            aligned = true;
            modifiers.remove(at);
        }
        let operands = &instruction.operands;
        let mut barrier = Barrier {
            number: 0,
            threads: None,
            waits: modifiers.first() != Some(&"arrive"),
            aligned,
            reduction: None,
            count: None,
            verdict: None,
        };
        let (rest, wants_threads): (&[Operand], bool) = match modifiers.as_slice() {
            ["sync"] => (operands, false),
            ["arrive"] => (operands, true),
            ["red", kind, element] => {
                let [to, rest @ .., condition] = operands.as_slice() else {
                    return self.error("`bar.red` has too few operands");
                };
                let reduction = match (*kind, *element) {
                    ("popc", "u32") => Reduction::Count,
                    ("and", "pred") => Reduction::All,
                    ("or", "pred") => Reduction::Any,
                    _ => return self.error(unknown(instruction)),
                };
                match reduction {
                    Reduction::Count => barrier.count = self.result(to, Type::U32)?,
                    _ => barrier.verdict = self.predicate_result(to)?,
                }
                barrier.reduction = Some((reduction, self.condition(condition)?));
                (rest, false)
            }
            _ => return self.error(unknown(instruction)),
        };
        match rest {
            [number] if !wants_threads => {
                barrier.number = self.value(number, Type::U32)?
            }
            [number, threads] => {
                barrier.number = self.value(number, Type::U32)?;
                barrier.threads = Some(self.value(threads, Type::U32)?);
            }
            _ => {
                return self
                    .error(format!("`{}` has the wrong operands", instruction.opcode()));
            }
        }
        Ok(barrier)
    }
}

/// The message for an instruction with modifiers that this emulator has not.
pub(super) fn unknown(instruction: &Instruction) -> String {
    format!("the instruction `{}` is not known", instruction.opcode())
}
