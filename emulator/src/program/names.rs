//! What a name stands for: registers, predicates, variables, labels, special registers.

use super::action::{Predicate, Preset, Register};
use crate::types::Type;
use std::collections::HashMap;

/// What was declared under a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Named {
    /// A register, with the type of its declaration.
    Register(Register, Type),
    /// A predicate.
    Predicate(Predicate),
    /// A variable of the kernel, by its number.
    Variable(usize),
}

/// Registers that the hardware fills (ISA, chapter 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Special {
    /// The thread in its block; the number says x, y or z.
    Thread(usize),
    /// The size of a block.
    Block(usize),
    /// The block in the grid.
    BlockIndex(usize),
    /// The size of the grid.
    Grid(usize),
    Lane,
    Warp,
    Warps,
    LaneMaskEqual,
    LaneMaskLess,
    LaneMaskLessEqual,
    LaneMaskGreater,
    LaneMaskGreaterEqual,
    SharedBytes,
    DynamicSharedBytes,
}

impl Special {
    /// The special register with this name.
    pub fn named(name: &str) -> Option<Special> {
        use Special::*;
        Some(match name {
            "%laneid" => Lane,
            "%warpid" => Warp,
            "%nwarpid" => Warps,
            "%lanemask_eq" => LaneMaskEqual,
            "%lanemask_lt" => LaneMaskLess,
            "%lanemask_le" => LaneMaskLessEqual,
            "%lanemask_gt" => LaneMaskGreater,
            "%lanemask_ge" => LaneMaskGreaterEqual,
            "%total_smem_size" => SharedBytes,
            "%dynamic_smem_size" => DynamicSharedBytes,
            _ => {
                let (register, component) = name.split_once('.')?;
                let axis = ["x", "y", "z"].iter().position(|axis| *axis == component)?;
                match register {
                    "%tid" => Thread(axis),
                    "%ntid" => Block(axis),
                    "%ctaid" => BlockIndex(axis),
                    "%nctaid" => Grid(axis),
                    _ => return None,
                }
            }
        })
    }
}

/// The names of a kernel while it is read. A brace opens a scope of its own.
pub(crate) struct Names {
    scopes: Vec<HashMap<String, Named>>,
    /// `.reg .b32 %r<1000>` declares a thousand names at once.
    families: Vec<Vec<Family>>,
    presets: HashMap<Preset, Register>,
    pub registers: usize,
    pub predicates: usize,
    carry: Option<Predicate>,
}

struct Family {
    stem: String,
    count: u32,
    element: Type,
    first: usize,
}

/// The predicate that nobody writes.
pub(crate) const FALSE: Predicate = 0;

/// More registers than this are no kernel but a mistake or an attack on our memory.
const MOST_REGISTERS: usize = 1 << 16;

impl Names {
    pub fn new() -> Names {
        Names {
            scopes: vec![HashMap::new()],
            families: vec![Vec::new()],
            presets: HashMap::new(),
            registers: 0,
            predicates: FALSE + 1,
            carry: None,
        }
    }

    pub fn open(&mut self) {
        self.scopes.push(HashMap::new());
        self.families.push(Vec::new());
    }

    pub fn close(&mut self) {
        self.scopes.pop();
        self.families.pop();
    }

    /// Gives a name to something.
    pub fn declare(&mut self, name: &str, named: Named) -> Result<(), String> {
        match self
            .scopes
            .last_mut()
            .expect("a kernel has a scope")
            .insert(name.to_string(), named)
        {
            None => Ok(()),
            Some(_) => Err(format!("`{name}` is declared twice")),
        }
    }

    /// `.reg .b32 name` or `.reg .b32 name<count>`.
    pub fn registers(
        &mut self,
        element: Type,
        name: &str,
        count: Option<u32>,
    ) -> Result<(), String> {
        let predicate = element == Type::Pred;
        let total = if predicate { &mut self.predicates } else { &mut self.registers };
        let first = *total;
        *total = first.saturating_add(count.unwrap_or(1) as usize);
        if *total > MOST_REGISTERS {
            return Err(format!(
                "more than {MOST_REGISTERS} registers are not supported"
            ));
        }
        match count {
            None if predicate => self.declare(name, Named::Predicate(first)),
            None => self.declare(name, Named::Register(first, element)),
            Some(count) => {
                let family = Family { stem: name.to_string(), count, element, first };
                self.families.last_mut().expect("a kernel has a scope").push(family);
                Ok(())
            }
        }
    }

    /// A register without a name.
    pub fn unnamed(&mut self) -> Register {
        self.registers += 1;
        self.registers - 1
    }

    /// The predicate in which sums of several words keep their carry (`CC.CF`).
    pub fn carry(&mut self) -> Predicate {
        let predicates = &mut self.predicates;
        *self.carry.get_or_insert_with(|| {
            *predicates += 1;
            *predicates - 1
        })
    }

    /// The register that holds this from the start.
    pub fn preset(&mut self, preset: Preset) -> Register {
        let registers = &mut self.registers;
        *self.presets.entry(preset).or_insert_with(|| {
            *registers += 1;
            *registers - 1
        })
    }

    /// All presets, when everything is read.
    pub fn presets(&self) -> Vec<(Register, Preset)> {
        let mut all: Vec<_> = self
            .presets
            .iter()
            .map(|(preset, register)| (*register, preset.clone()))
            .collect();
        all.sort_by_key(|(register, _)| *register);
        all
    }

    /// What a name stands for, looked up from the innermost scope outwards.
    pub fn find(&self, name: &str) -> Option<Named> {
        for (scope, families) in self.scopes.iter().zip(&self.families).rev() {
            if let Some(named) = scope.get(name) {
                return Some(*named);
            }
            for family in families {
                let number = name.strip_prefix(family.stem.as_str());
                let Some(number) = number.and_then(|number| number.parse::<u32>().ok())
                else {
                    continue;
                };
                if number < family.count {
                    let at = family.first + number as usize;
                    return Some(match family.element {
                        Type::Pred => Named::Predicate(at),
                        element => Named::Register(at, element),
                    });
                }
            }
        }
        None
    }
}
