//! A program that can run: names resolved to numbers, opcodes to what they do.

mod action;
mod build;
mod compute;
mod control;
mod data;
mod function;
mod memory;
mod names;
mod operand;
mod warp;

pub(crate) use action::*;
pub(crate) use names::Special;

use crate::error::Result;
use crate::parse::{self, Place, Space, Variable};
use crate::types::Type;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// A PTX text that was understood: its kernels and its variables.
pub struct Program {
    /// Tells it from all other programs, whose variables may have the same names.
    pub(crate) id: u64,
    /// The kernels by their names.
    pub kernels: BTreeMap<String, Kernel>,
    /// The variables outside kernels, in the order of the text.
    pub(crate) variables: Vec<Variable>,
    /// `.target`: the GPU that it was compiled for, such as `sm_75`.
    pub target: String,
}

impl Program {
    /// Reads a PTX text.
    ///
    /// # Errors
    ///
    /// What is not PTX and what this emulator does not know, with its line.
    pub fn parse(text: &str) -> Result<Program> {
        let module = parse::parse(text)?;
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let kernels = build::kernels(&module, id)?;
        Ok(Program { id, kernels, variables: module.variables, target: module.target })
    }
}

/// A kernel, ready to be launched.
pub struct Kernel {
    /// Its name.
    pub name: String,
    /// What it takes, in order.
    pub parameters: Vec<Parameter>,
    /// `.maxntid` or `.reqntid`: the largest number of threads in a block.
    pub most_threads: Option<u32>,
    /// The program that it belongs to.
    pub(crate) program: u64,
    /// Its variables in shared and local memory and its parameters.
    pub(crate) variables: Vec<Variable>,
    /// How many registers it has, those for constants and special registers included.
    pub(crate) registers: usize,
    /// What constants and special registers hold before the first instruction.
    pub(crate) presets: Vec<(Register, Preset)>,
    /// How many predicates it has.
    pub(crate) predicates: usize,
    /// Its instructions. A branch holds an index into these.
    pub(crate) code: Vec<Instruction>,
}

/// A parameter of a kernel.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The type of an element.
    pub element: Type,
    /// How many elements; more than one for a structure that is passed by value.
    pub count: u64,
}

impl Parameter {
    /// Its size in bytes.
    pub fn bytes(&self) -> usize {
        self.element.size() * self.count as usize
    }
}

impl Kernel {
    /// The variables that lie in one space, in order.
    pub(crate) fn variables_in(&self, space: Space) -> impl Iterator<Item = &Variable> {
        self.variables.iter().filter(move |variable| variable.space == space)
    }

    /// Where the instruction with this number stands.
    pub(crate) fn place(&self, instruction: usize) -> Place {
        self.code
            .get(instruction)
            .map(|instruction| instruction.place.clone())
            .unwrap_or_default()
    }
}
