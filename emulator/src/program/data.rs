//! Moves: `mov`, `selp`, predicates, addresses between spaces, sums with a carry.

use super::action::{Action, Carry, Condition, Half, Logic};
use super::build::Builder;
use super::compute::{logic, modifiers};
use super::names::FALSE;
use crate::error::Result;
use crate::parse::{Instruction, Operand, Space};
use crate::types::Type;

impl Builder<'_> {
    pub(super) fn data(&mut self, instruction: &Instruction) -> Result<Option<Action>> {
        let all = modifiers(instruction);
        Ok(Some(match (instruction.base.as_str(), all.as_slice()) {
            ("mov", ["pred"]) => {
                let [to, from] = self.operands(instruction)?;
                let condition = self.condition(from)?;
                self.combined(to, Logic::Or, [condition, NEVER])?
            }
            ("mov", [name]) => match Type::named(name) {
                Some(element) => self.mov(instruction, element)?,
                None => return Ok(None),
            },
            ("not", ["pred"]) => {
                let [to, from] = self.operands(instruction)?;
                let condition = self.condition(from)?;
                let opposite = Condition { negated: !condition.negated, ..condition };
                self.combined(to, Logic::Or, [opposite, NEVER])?
            }
            (name, ["pred"]) => match logic(name) {
                Some(logic) => {
                    let [to, a, b] = self.operands(instruction)?;
                    let from = [self.condition(a)?, self.condition(b)?];
                    self.combined(to, logic, from)?
                }
                None => return Ok(None),
            },
            ("selp", [name]) => match Type::named(name) {
                Some(element) if element.size() >= 2 => {
                    let [to, a, b, by] = self.operands(instruction)?;
                    let from = [self.value(a, element)?, self.value(b, element)?];
                    let by = self.condition(by)?;
                    Action::Select { from, by, to: self.some_result(to, element)? }
                }
                _ => return Ok(None),
            },
            ("cvta", ["to", space, "u64"]) => self.convert(instruction, space, false)?,
            ("cvta", [space, "u64"]) => self.convert(instruction, space, true)?,
            ("isspacep", [space]) => {
                let [to, from] = self.operands(instruction)?;
                let space = self.space(space)?;
                let from = self.value(from, Type::B64)?;
                match self.predicate_result(to)? {
                    Some(to) => Action::IsSpace { space, from, to },
                    None => Action::Nothing,
                }
            }
            ("add" | "addc" | "sub" | "subc" | "mad" | "madc", modifiers) => {
                return self.carry(instruction, modifiers);
            }
            _ => return Ok(None),
        }))
    }

    fn combined(
        &mut self,
        to: &Operand,
        logic: Logic,
        from: [Condition; 2],
    ) -> Result<Action> {
        Ok(match self.predicate_result(to)? {
            Some(to) => Action::Combine { logic, from, to },
            None => Action::Nothing,
        })
    }

    /// `mov`, which also packs `{a, b}` into one register and takes one apart.
    fn mov(&mut self, instruction: &Instruction, element: Type) -> Result<Action> {
        let [to, from] = self.operands(instruction)?;
        match (to, from) {
            (Operand::Vector(parts), from) => {
                let (bits, part) = self.part(element, parts.len())?;
                let from = self.value(from, element)?;
                let to = parts.iter().map(|to| self.result(to, part));
                Ok(Action::Unpack { from, bits, to: to.collect::<Result<_>>()? })
            }
            (to, Operand::Vector(parts)) => {
                let (bits, part) = self.part(element, parts.len())?;
                let from = parts.iter().map(|from| self.value(from, part));
                let from = from.collect::<Result<_>>()?;
                Ok(Action::Pack { from, bits, to: self.some_result(to, element)? })
            }
            (to, Operand::Name(name)) if name == "%clock" || name == "%clock64" => {
                Ok(Action::Clock { to: self.some_result(to, element)? })
            }
            (to, from) => {
                // The address of a variable fits registers of 32 and of 64 bits.
                let from = self.value(from, element)?;
                Ok(Action::Move { from, to: self.some_result(to, element)? })
            }
        }
    }

    /// The type of one of `parts` equal parts.
    fn part(&self, element: Type, parts: usize) -> Result<(u32, Type)> {
        let found = match (element.size(), parts) {
            (8, 2) => (32, Type::B32),
            (8, 4) => (16, Type::B16),
            (4, 2) => (16, Type::B16),
            (4, 4) => (8, Type::B8),
            (2, 2) => (8, Type::B8),
            _ => return self.error(format!("a .{element} has not {parts} parts")),
        };
        Ok(found)
    }

    fn convert(
        &mut self,
        instruction: &Instruction,
        space: &str,
        generic: bool,
    ) -> Result<Action> {
        let [to, from] = self.operands(instruction)?;
        let space = self.space(space)?;
        let from = self.value(from, Type::B64)?;
        Ok(Action::Convert { space, generic, from, to: self.some_result(to, Type::B64)? })
    }

    fn space(&self, name: &str) -> Result<Space> {
        let space = crate::parse::space(name.split("::").next().unwrap_or(name));
        space.map_or_else(|| self.error(format!("`.{name}` is not a state space")), Ok)
    }

    /// `add.cc`, `addc`, `sub.cc`, `subc`, `mad.lo.cc`, `madc.hi` (ISA, section 9.7.2).
    fn carry(
        &mut self,
        instruction: &Instruction,
        modifiers: &[&str],
    ) -> Result<Option<Action>> {
        let takes = instruction.base.ends_with('c');
        let mut rest = modifiers;
        let mut product = None;
        if instruction.base.starts_with("mad") {
            product = match rest {
                ["lo", ..] => Some(Half::Low),
                ["hi", ..] => Some(Half::High),
                _ => return Ok(None),
            };
            rest = &rest[1..];
        }
        let gives = rest.first() == Some(&"cc");
        if gives {
            rest = &rest[1..];
        }
        let [element] = rest else { return Ok(None) };
        let element = match Type::named(element) {
            Some(element @ (Type::U32 | Type::S32 | Type::U64 | Type::S64)) => element,
            _ => return Ok(None),
        };
        if !takes && !gives {
            return Ok(None); // The everyday instruction, without a carry.
        }
        let Some((to, operands)) = instruction.operands.split_first() else {
            return Ok(None);
        };
        if operands.len() != 2 + product.is_some() as usize {
            return self
                .error(format!("`{}` has too few operands", instruction.opcode()));
        }
        let mut from = [0; 3];
        for (register, operand) in from.iter_mut().zip(operands) {
            *register = self.value(operand, element)?;
        }
        let to = self.some_result(to, element)?;
        let subtract = instruction.base.starts_with("sub");
        let carry = self.names.carry();
        Ok(Some(Action::Carry(Carry {
            product,
            subtract,
            takes,
            gives,
            element,
            from,
            to,
            carry,
        })))
    }
}

/// The constant false.
const NEVER: Condition = Condition { predicate: FALSE, negated: false };
