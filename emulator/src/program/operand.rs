//! Operands: every register, constant, special register and address becomes a register number.

use super::action::{Condition, Predicate, Preset, Register};
use super::build::Builder;
use super::names::{FALSE, Named, Special};
use crate::error::Result;
use crate::parse::{Address, Base, Instruction, Operand, Space, Variable};
use crate::types::Type;

impl Builder<'_> {
    /// Demands this many operands.
    pub fn operands<'o, const N: usize>(
        &self,
        instruction: &'o Instruction,
    ) -> Result<[&'o Operand; N]> {
        let all: Vec<_> = instruction.operands.iter().collect();
        let found = all.len();
        all.try_into().or_else(|_| {
            self.error(format!(
                "`{}` takes {N} operands, not {found}",
                instruction.opcode()
            ))
        })
    }

    /// A value of this type: a register of the same size, or a number.
    pub fn value(&mut self, operand: &Operand, element: Type) -> Result<Register> {
        let register = self.any_value(operand, element)?;
        if let Operand::Name(name) = operand
            && let Some(Named::Register(_, declared)) = self.names.find(name)
            && declared.size() != element.size()
        {
            return self.error(wrong_size(name, declared, element));
        }
        Ok(register)
    }

    /// A value whose register may be wider than the type (`cvt`, `st`, `ld`: ISA, section 9.4.1).
    pub fn wide_value(&mut self, operand: &Operand, element: Type) -> Result<Register> {
        let register = self.any_value(operand, element)?;
        if let Operand::Name(name) = operand
            && let Some(Named::Register(_, declared)) = self.names.find(name)
            && declared.size() < element.size()
        {
            return self.error(wrong_size(name, declared, element));
        }
        Ok(register)
    }

    fn any_value(&mut self, operand: &Operand, element: Type) -> Result<Register> {
        Ok(match operand {
            Operand::Name(name) => match self.names.find(name) {
                Some(Named::Register(register, _)) => register,
                Some(Named::Predicate(_)) => {
                    return self.error(format!(
                        "`{name}` is a predicate, and a value is wanted"
                    ));
                }
                _ if name == "WARP_SZ" => self.names.preset(Preset::Constant(32)),
                _ => match Special::named(name) {
                    Some(special) => self.names.preset(Preset::Special(special)),
                    None => self.address_of(name, 0)?,
                },
            },
            // `variable+4`, without brackets.
            Operand::Address(Address { base: Base::Name(name), offset }) => {
                self.address_of(name, *offset)?
            }
            Operand::Integer(bits) => self.names.preset(Preset::Constant(*bits)),
            Operand::Single(bits) => {
                let bits = match element {
                    Type::F64 => (f32::from_bits(*bits) as f64).to_bits(),
                    _ => *bits as u64,
                };
                self.names.preset(Preset::Constant(bits))
            }
            Operand::Double(bits) => {
                let bits = match element {
                    Type::F32 => (f64::from_bits(*bits) as f32).to_bits() as u64,
                    _ => *bits,
                };
                self.names.preset(Preset::Constant(bits))
            }
            _ => {
                return self.error(format!(
                    "a register or a number of type .{element} is wanted"
                ));
            }
        })
    }

    /// The variable with this name, in the kernel or outside.
    pub fn variable_named(&self, name: &str) -> Option<Variable> {
        match self.names.find(name) {
            Some(Named::Variable(number)) => Some(self.variables[number].clone()),
            Some(_) => None,
            None => self
                .module
                .variables
                .iter()
                .find(|variable| variable.name == name)
                .cloned(),
        }
    }

    /// A register that holds the address of a variable, within its own space, plus bytes.
    pub fn address_of(&mut self, name: &str, offset: i64) -> Result<Register> {
        let Some(variable) = self.variable_named(name) else {
            let what = if name.starts_with('%') {
                "is no register that is declared or known"
            } else {
                "is not declared"
            };
            return self.error(format!("`{name}` {what}"));
        };
        if self.names.find(name).is_none() && variable.space == Space::Shared {
            self.adopt(&variable)?;
        }
        Ok(self.names.preset(Preset::Address(variable.space, variable.name, offset)))
    }

    /// Shared memory that is declared outside belongs to each kernel that uses it.
    fn adopt(&mut self, variable: &Variable) -> Result<()> {
        if !self.variables.iter().any(|known| known.name == variable.name) {
            self.variables.push(variable.clone());
        }
        Ok(())
    }

    /// `[register+4]`, `[variable+4]`, `[16]`: the register with the address, and the offset.
    pub fn address(&mut self, operand: &Operand) -> Result<(Register, i64)> {
        let Operand::Address(Address { base, offset }) = operand else {
            return self.error("an address in brackets is wanted");
        };
        let register = match base {
            Base::Number(bits) => self.names.preset(Preset::Constant(*bits)),
            Base::Name(name) => match self.names.find(name) {
                Some(Named::Register(register, element)) if element.size() >= 4 => {
                    register
                }
                Some(Named::Register(..) | Named::Predicate(_)) => {
                    return self.error(format!("`{name}` cannot hold an address"));
                }
                _ => self.address_of(name, 0)?,
            },
        };
        Ok((register, *offset))
    }

    /// A register to write to; `None` for `_`.
    pub fn result(
        &mut self,
        operand: &Operand,
        element: Type,
    ) -> Result<Option<Register>> {
        self.place_for(operand, element, |declared| declared.size() == element.size())
    }

    /// A register to write to that may be wider than the type.
    pub fn wide_result(
        &mut self,
        operand: &Operand,
        element: Type,
    ) -> Result<Option<Register>> {
        self.place_for(operand, element, |declared| declared.size() >= element.size())
    }

    fn place_for(
        &mut self,
        operand: &Operand,
        element: Type,
        fits: impl Fn(Type) -> bool,
    ) -> Result<Option<Register>> {
        match operand {
            Operand::Sink => Ok(None),
            Operand::Name(name) => match self.names.find(name) {
                Some(Named::Register(register, declared)) if fits(declared) => {
                    Ok(Some(register))
                }
                Some(Named::Register(_, declared)) => {
                    self.error(wrong_size(name, declared, element))
                }
                Some(_) => self.error(format!(
                    "`{name}` is no register for a value of type .{element}"
                )),
                None => self.error(format!("`{name}` is not declared")),
            },
            _ => {
                self.error(format!("a register for a value of type .{element} is wanted"))
            }
        }
    }

    /// A register to write to, even if nobody reads it.
    pub fn some_result(&mut self, operand: &Operand, element: Type) -> Result<Register> {
        let found = self.result(operand, element)?;
        Ok(found.unwrap_or_else(|| self.names.unnamed()))
    }

    /// The predicate with this name.
    pub fn predicate(&self, name: &str) -> Result<Predicate> {
        match self.names.find(name) {
            Some(Named::Predicate(predicate)) => Ok(predicate),
            Some(_) => self.error(format!("`{name}` is not a predicate")),
            None => self.error(format!("`{name}` is not declared")),
        }
    }

    /// `p` or `!p` to read.
    pub fn condition(&mut self, operand: &Operand) -> Result<Condition> {
        match operand {
            Operand::Name(name) => {
                Ok(Condition { predicate: self.predicate(name)?, negated: false })
            }
            Operand::Not(name) => {
                Ok(Condition { predicate: self.predicate(name)?, negated: true })
            }
            Operand::Integer(bits) => {
                Ok(Condition { predicate: FALSE, negated: *bits != 0 })
            }
            _ => self.error("a predicate is wanted"),
        }
    }

    /// A predicate to write to; `None` for `_`.
    pub fn predicate_result(&mut self, operand: &Operand) -> Result<Option<Predicate>> {
        match operand {
            Operand::Sink => Ok(None),
            Operand::Name(name) => Ok(Some(self.predicate(name)?)),
            _ => self.error("a predicate is wanted"),
        }
    }
}

fn wrong_size(name: &str, declared: Type, element: Type) -> String {
    format!(
        "`{name}` is declared .{declared}, {} bits; a value of type .{element} has {}",
        declared.size() * 8,
        element.size() * 8
    )
}
