//! Arithmetic: values in, a value or a predicate out.

use super::action::{Action, Logic, Register};
use super::build::Builder;
use crate::arithmetic::{self, OPERANDS};
use crate::error::Result;
use crate::parse::{Instruction, Operand};
use crate::types::Type;

impl Builder<'_> {
    pub(super) fn compute(
        &mut self,
        instruction: &Instruction,
    ) -> Result<Option<Action>> {
        if instruction.base == "setp" {
            return self.compare(instruction).map(Some);
        }
        let modifiers = modifiers(instruction);
        if let Some(comparison) = arithmetic::comparison(&instruction.base, &modifiers) {
            let [to, operands @ ..] = instruction.operands.as_slice() else {
                return self.error(format!("`{}` has no operands", instruction.opcode()));
            };
            let from = self.sources(instruction, operands, &comparison.inputs)?;
            let to = self.predicate_result(to)?;
            return Ok(Some(Action::Compare {
                comparison,
                from,
                with: None,
                to,
                opposite: None,
            }));
        }
        let Some(compute) = arithmetic::compute(&instruction.base, &modifiers) else {
            return Ok(None);
        };
        let [to, operands @ ..] = instruction.operands.as_slice() else {
            return self.error(format!("`{}` has no operands", instruction.opcode()));
        };
        let from = self.sources(instruction, operands, &compute.inputs)?;
        let to = match instruction.base.as_str() {
            "cvt" | "set" => self.wide_result(to, compute.output)?,
            _ => self.result(to, compute.output)?,
        };
        let to = to.unwrap_or_else(|| self.names.unnamed());
        Ok(Some(Action::Compute { compute, from, to }))
    }

    /// The operands behind the result, which have these types.
    fn sources(
        &mut self,
        instruction: &Instruction,
        operands: &[Operand],
        types: &[Type],
    ) -> Result<[Register; OPERANDS]> {
        if operands.len() != types.len() {
            let (opcode, wanted, found) =
                (instruction.opcode(), types.len(), operands.len());
            return self.error(format!(
                "`{opcode}` takes {wanted} operands behind its result, not {found}"
            ));
        }
        let mut from = [0; OPERANDS];
        for ((register, operand), element) in from.iter_mut().zip(operands).zip(types) {
            *register = match instruction.base.as_str() {
                "cvt" => self.wide_value(operand, *element)?,
                _ => self.value(operand, *element)?,
            };
        }
        Ok(from)
    }

    /// `setp.lt.s32 p|q, a, b;` and `setp.lt.and.s32 p|q, a, b, r;`
    fn compare(&mut self, instruction: &Instruction) -> Result<Action> {
        let mut modifiers = modifiers(instruction);
        let logic = modifiers.get(1).and_then(|name| logic(name));
        if logic.is_some() {
            modifiers.remove(1);
        }
        let Some(comparison) = arithmetic::comparison("setp", &modifiers) else {
            return self.error(format!(
                "the instruction `{}` is not known",
                instruction.opcode()
            ));
        };
        let (to, operands, with) = match (logic, instruction.operands.as_slice()) {
            (None, [to, operands @ ..]) => (to, operands, None),
            (Some(logic), [to, operands @ .., with]) => {
                (to, operands, Some((logic, self.condition(with)?)))
            }
            _ => {
                return self
                    .error(format!("`{}` has too few operands", instruction.opcode()));
            }
        };
        let from = self.sources(instruction, operands, &comparison.inputs)?;
        let (to, opposite) = match to {
            Operand::Pair(to, opposite) => {
                (self.predicate_result(to)?, self.predicate_result(opposite)?)
            }
            to => (self.predicate_result(to)?, None),
        };
        Ok(Action::Compare { comparison, from, with, to, opposite })
    }
}

/// What follows the name behind dots.
pub(super) fn modifiers(instruction: &Instruction) -> Vec<&str> {
    instruction.modifiers.iter().map(String::as_str).collect()
}

/// `and`, `or`, `xor`.
pub(super) fn logic(name: &str) -> Option<Logic> {
    Some(match name {
        "and" => Logic::And,
        "or" => Logic::Or,
        "xor" => Logic::Xor,
        _ => return None,
    })
}
