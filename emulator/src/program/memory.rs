//! Loads, stores, atomics, fences.

use super::action::{Action, AtomicAccess, Load, Store, Strength, Target};
use super::build::Builder;
use super::compute::modifiers;
use super::control::unknown;
use crate::arithmetic;
use crate::error::Result;
use crate::parse::{Address, Base, Instruction, Operand, Space, space};
use crate::types::Type;

/// What the modifiers of a memory instruction say.
struct Modifiers<'a> {
    space: Space,
    vector: usize,
    strength: Strength,
    /// Those that are none of the others: the operation of an atomic, and the type.
    rest: Vec<&'a str>,
}

/// Hints about caches, which change no result.
const HINTS: [&str; 12] = [
    "ca", "cg", "cs", "lu", "cv", "wb", "wt", "nc", "unified", "L2::64B", "L2::128B",
    "L2::256B",
];

impl Builder<'_> {
    pub(super) fn memory(&mut self, instruction: &Instruction) -> Result<Option<Action>> {
        Ok(Some(match instruction.base.as_str() {
            "ld" | "ldu" => self.load(instruction)?,
            "st" => self.store(instruction)?,
            "atom" | "red" => self.atomic(instruction)?,
            "membar" => Action::Fence { block: modifiers(instruction) == ["cta"] },
            "fence" => Action::Fence { block: modifiers(instruction).contains(&"cta") },
            "prefetch" | "prefetchu" | "applypriority" | "discard" => Action::Nothing,
            _ => return Ok(None),
        }))
    }

    fn modifiers<'i>(&self, instruction: &'i Instruction) -> Modifiers<'i> {
        let mut found = Modifiers {
            space: Space::Generic,
            vector: 1,
            strength: Strength::WEAK,
            rest: Vec::new(),
        };
        let strong = Strength { strong: true, ..Strength::WEAK };
        for modifier in modifiers(instruction) {
            // `.shared::cta` is `.shared`, `.param::entry` is `.param`.
            let stem = modifier.split("::").next().unwrap_or(modifier);
            match modifier {
                "weak" => {}
                "volatile" => found.strength = Strength { volatile: true, ..strong },
                "relaxed" | "mmio" => found.strength.strong = true,
                "acquire" => found.strength = Strength { acquire: true, ..strong },
                "release" => found.strength = Strength { release: true, ..strong },
                "acq_rel" => {
                    found.strength = Strength { acquire: true, release: true, ..strong };
                }
                "cta" => found.strength.block = true,
                "gpu" | "sys" | "cluster" => {}
                "v2" => found.vector = 2,
                "v4" => found.vector = 4,
                modifier if HINTS.contains(&modifier) => {}
                modifier
                    if modifier.starts_with("L1::")
                        || modifier.starts_with("L2::evict") => {}
                _ => match space(stem) {
                    Some(space) => found.space = space,
                    None => found.rest.push(modifier),
                },
            }
        }
        found
    }

    /// The address, and the type of what lies there.
    fn target(
        &mut self,
        operand: &Operand,
        modifiers: &Modifiers,
        element: Type,
    ) -> Result<Target> {
        let (address, offset) = self.address(operand)?;
        let mut space = modifiers.space;
        if let Operand::Address(Address { base: Base::Name(name), .. }) = operand
            && let Some(variable) = self.variable_named(name)
        {
            // The parameters of a function that was put in place are local variables.
            if (space, variable.space) == (Space::Param, Space::Local) {
                space = Space::Local;
            }
            if space != Space::Generic && space != variable.space {
                return self.error(format!(
                    "`{name}` does not lie in the state space named here"
                ));
            }
            space = variable.space;
        }
        Ok(Target { space, address, offset, element, strength: modifiers.strength })
    }

    /// The type that is left when all other modifiers are understood.
    fn element(&self, instruction: &Instruction, modifiers: &Modifiers) -> Result<Type> {
        let element = match modifiers.rest.as_slice() {
            [name] => Type::named(name).filter(|element| element.size() > 0),
            _ => None,
        };
        element.map_or_else(|| self.error(unknown(instruction)), Ok)
    }

    fn load(&mut self, instruction: &Instruction) -> Result<Action> {
        let found = self.modifiers(instruction);
        let element = self.element(instruction, &found)?;
        let [to, from] = self.operands(instruction)?;
        let to: Vec<_> = self
            .parts(instruction, to, found.vector)?
            .iter()
            .map(|to| self.wide_result(to, element))
            .collect::<Result<_>>()?;
        let target = self.target(from, &found, element)?;
        Ok(Action::Load(Load { target, to, extend_sign: element.signed() }))
    }

    fn store(&mut self, instruction: &Instruction) -> Result<Action> {
        let found = self.modifiers(instruction);
        let element = self.element(instruction, &found)?;
        let [to, from] = self.operands(instruction)?;
        let from: Vec<_> = self
            .parts(instruction, from, found.vector)?
            .iter()
            .map(|from| self.wide_value(from, element))
            .collect::<Result<_>>()?;
        let target = self.target(to, &found, element)?;
        if matches!(target.space, Space::Const | Space::Param) {
            return self.error("this memory can only be read");
        }
        Ok(Action::Store(Store { target, from }))
    }

    /// The elements of a vector operand, or the one operand.
    fn parts(
        &self,
        instruction: &Instruction,
        operand: &Operand,
        count: usize,
    ) -> Result<Vec<Operand>> {
        let parts = match operand {
            Operand::Vector(parts) => parts.clone(),
            single => vec![single.clone()],
        };
        if parts.len() != count {
            let opcode = instruction.opcode();
            return self.error(format!(
                "`{opcode}` takes {count} registers, not {}",
                parts.len()
            ));
        }
        Ok(parts)
    }

    /// `atom.global.add.f32 d, [a], b` and `red`, which has no d.
    fn atomic(&mut self, instruction: &Instruction) -> Result<Action> {
        let mut found = self.modifiers(instruction);
        found.strength.strong = true;
        found.strength.volatile = false;
        found.rest.retain(|modifier| *modifier != "noftz");
        let [operation, name] = found.rest.as_slice() else {
            return self.error(unknown(instruction));
        };
        // Additions flush subnormals everywhere but in shared memory (ISA, section 9.7.12.4).
        let flush = found.space != Space::Shared;
        let element = Type::named(name);
        let known =
            element.and_then(|element| arithmetic::atomic(operation, element, flush));
        let (Some(element), Some(known)) = (element, known) else {
            return self.error(unknown(instruction));
        };
        if found.vector != 1
            || !matches!(found.space, Space::Global | Space::Shared | Space::Generic)
        {
            return self.error(unknown(instruction));
        }
        let mut operands = instruction.operands.iter();
        let to = match instruction.base.as_str() {
            "atom" => match operands.next() {
                Some(to) => self.result(to, element)?,
                None => None,
            },
            _ => None,
        };
        let Some(address) = operands.next() else {
            return self.error(format!("`{}` has no address", instruction.opcode()));
        };
        let target = self.target(address, &found, element)?;
        let mut from = [0; 2];
        let wanted = if *operation == "cas" { 2 } else { 1 };
        if operands.len() != wanted {
            return self
                .error(format!("`{}` has the wrong operands", instruction.opcode()));
        }
        for (register, operand) in from.iter_mut().zip(operands) {
            *register = self.value(operand, element)?;
        }
        Ok(Action::Atomic(AtomicAccess { target, operation: known, from, to }))
    }
}
