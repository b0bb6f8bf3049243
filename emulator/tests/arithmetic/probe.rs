//! Runs the body of a probe on 32 cases: as little of a machine as `arithmetic.py` needs.

use ptx_emulator::arithmetic::{Bound, atomic, comparison, compute};
use ptx_emulator::parse::{Base, Function, Instruction, Operand, Statement};
use ptx_emulator::types::{LANES, Lanes, Mask, Type};
use std::collections::HashMap;

/// What came out.
pub struct Outcome {
    /// The registers `%d` and `%e`.
    pub results: [Lanes; 2],
    /// The type and the bound of the approximate instruction in it.
    pub approximate: Option<(Type, Bound)>,
}

#[derive(Default)]
struct Probe<'a> {
    inputs: &'a [Lanes],
    registers: HashMap<String, Lanes>,
    predicates: HashMap<String, Mask>,
    cell: Lanes,
    approximate: Option<(Type, Bound)>,
}

/// The results of an entry for inputs a, b, c; `None` if it has an opcode that is not known.
pub fn run(entry: &Function, inputs: &[Lanes]) -> Option<Outcome> {
    let mut probe = Probe { inputs, ..Probe::default() };
    for (_, statement) in &entry.body {
        if let Statement::Instruction(instruction) = statement {
            probe.step(instruction)?;
        }
    }
    let result = |name: &str| probe.registers.get(name).copied().unwrap_or_default();
    Some(Outcome {
        results: [result("%d"), result("%e")],
        approximate: probe.approximate,
    })
}

impl Probe<'_> {
    fn step(&mut self, instruction: &Instruction) -> Option<()> {
        let modifiers =
            instruction.modifiers.iter().map(String::as_str).collect::<Vec<_>>();
        let (to, from) = match instruction.operands.as_slice() {
            [] => (None, [].as_slice()),
            [to, from @ ..] => (Some(to), from),
        };
        let base = instruction.base.as_str();
        match base {
            "bra" | "ret" => {}
            "ld" => self.load(name(to?)?, at(&from[0])?),
            // `%at1` is the atomics' cell, `%at0` the place of the result.
            "st" if at(to?)? == "%at1" => self.cell = self.value(&from[0]),
            "st" => {}
            "atom" => self.atomic(&modifiers, Some(name(to?)?), &from[1..])?,
            "red" => self.atomic(&modifiers, None, from)?,
            "selp" => {
                let (a, b) = (self.value(&from[0]), self.value(&from[1]));
                let by = self.predicates[name(&from[2])?];
                let chosen = |i| if by >> i & 1 == 1 { a[i] } else { b[i] };
                self.write(to?, std::array::from_fn(chosen));
            }
            // Packing is the machine's.
            "mov" if matches!(from[0], Operand::Vector(_)) => return None,
            "mov" => {
                let value = self.value(&from[0]);
                self.write(to?, value);
            }
            _ => self.compute(instruction, base, &modifiers, to?, from)?,
        }
        Some(())
    }

    fn compute(
        &mut self,
        instruction: &Instruction,
        base: &str,
        modifiers: &[&str],
        to: &Operand,
        from: &[Operand],
    ) -> Option<()> {
        let values = from.iter().map(|operand| self.value(operand)).collect::<Vec<_>>();
        let nothing = [0; LANES];
        let operands = std::array::from_fn(|i| values.get(i).unwrap_or(&nothing));
        if let Some(comparison) = comparison(base, modifiers) {
            assert_eq!(comparison.inputs.len(), from.len(), "{}", instruction.opcode());
            let holds = (comparison.run)(operands);
            self.predicates.insert(name(to)?.into(), holds);
            return Some(());
        }
        let compute = compute(base, modifiers)?;
        assert_eq!(compute.inputs.len(), from.len(), "{}", instruction.opcode());
        if let Some(bound) = compute.bound {
            self.approximate = Some((compute.output, bound));
        }
        self.write(to, (compute.run)(operands));
        Some(())
    }

    fn load(&mut self, to: &str, from: &str) {
        let loaded = match (from, to) {
            ("%at1", _) => self.cell,
            ("%at0", "%a") => self.inputs[0],
            ("%at0", "%b") => self.inputs[1],
            ("%at0", "%c") => self.inputs[2],
            // An address, or the number of cases.
            _ => [0; LANES],
        };
        self.registers.insert(to.into(), loaded);
    }

    fn atomic(
        &mut self,
        modifiers: &[&str],
        to: Option<&str>,
        from: &[Operand],
    ) -> Option<()> {
        let [space, operation, .., element] = modifiers else { return None };
        let b = self.value(&from[0]);
        let c = from.get(1).map_or([0; LANES], |c| self.value(c));
        let atomic = atomic(operation, Type::named(element)?, *space == "global")?;
        let before = self.cell;
        self.cell = std::array::from_fn(|i| (atomic.apply)(before[i], b[i], c[i]));
        if let Some(to) = to {
            self.registers.insert(to.into(), before);
        }
        Some(())
    }

    fn write(&mut self, to: &Operand, value: Lanes) {
        self.registers.insert(name(to).expect("a register").into(), value);
    }

    fn value(&self, operand: &Operand) -> Lanes {
        match operand {
            Operand::Name(name) => self.registers.get(name).copied().unwrap_or_default(),
            Operand::Integer(bits) | Operand::Double(bits) => [*bits; LANES],
            Operand::Single(bits) => [*bits as u64; LANES],
            other => panic!("{other:?}"),
        }
    }
}

fn name(operand: &Operand) -> Option<&str> {
    match operand {
        Operand::Name(name) => Some(name),
        _ => None,
    }
}

fn at(operand: &Operand) -> Option<&str> {
    match operand {
        Operand::Address(address) => match &address.base {
            Base::Name(name) => Some(name),
            Base::Number(_) => None,
        },
        _ => None,
    }
}
