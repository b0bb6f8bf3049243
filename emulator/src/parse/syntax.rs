//! The parts of a PTX module as they stand in its text.

use super::place::Place;
use crate::types::Type;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A whole text.
#[derive(Debug, Default)]
pub struct Module {
    /// `.version`, major and minor.
    pub version: (u32, u32),
    /// `.target`, such as `sm_75`.
    pub target: String,
    /// Variables outside functions.
    pub variables: Vec<Variable>,
    /// Kernels (`.entry`) and functions (`.func`) with a body.
    pub functions: Vec<Function>,
    /// The source files that `.file` names, by their number.
    pub files: BTreeMap<u32, Arc<str>>,
}

/// An `.entry` or a `.func`.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Whether it is an `.entry`: a kernel.
    pub kernel: bool,
    /// What it returns, for a `.func`.
    pub results: Vec<Variable>,
    /// What it takes.
    pub parameters: Vec<Variable>,
    /// `.maxntid` or `.reqntid`: the largest number of threads in a block.
    pub most_threads: Option<u32>,
    /// What lies between its braces.
    pub body: Vec<(Place, Statement)>,
}

/// Where a variable lives (ISA, section 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Space {
    Const,
    Global,
    Local,
    Param,
    Shared,
    /// An address that says itself where it points.
    Generic,
}

/// A declared piece of memory.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Where it lives.
    pub space: Space,
    /// Its name.
    pub name: String,
    /// The type of an element.
    pub element: Type,
    /// How many elements; `None` for `extern … name[]`, whose size the launch decides.
    pub count: Option<u64>,
    /// Its alignment in bytes.
    pub alignment: u64,
    /// What it holds at the start; zeros, where this is shorter, if it is initialised at all.
    pub initial: Vec<Initial>,
    /// Where it is declared.
    pub place: Place,
}

impl Variable {
    /// Its size in bytes, 0 if the launch decides.
    pub fn bytes(&self) -> u64 {
        self.count.unwrap_or(0).saturating_mul(self.element.size() as u64)
    }
}

/// An element of an initialiser.
#[derive(Debug, Clone, PartialEq)]
pub enum Initial {
    /// The bits of a number.
    Number(u64),
    /// The address of a variable, plus bytes.
    Address(String, i64),
}

/// A statement of a function's body.
#[derive(Debug)]
pub enum Statement {
    /// `{`: names declared from here on are known until the brace closes.
    Open,
    /// `}`.
    Close,
    /// `name:`.
    Label(String),
    /// `.reg .type name` or `name<count>`.
    Registers {
        /// Their type.
        element: Type,
        /// The name, or the part before the number.
        name: String,
        /// `name0` to `name(count - 1)`, if there is a count.
        count: Option<u32>,
    },
    /// A variable.
    Variable(Variable),
    /// `name: .branchtargets a, b, …;`.
    Targets(String, Vec<String>),
    /// Something to do.
    Instruction(Instruction),
}

/// An instruction.
#[derive(Debug, Clone)]
pub struct Instruction {
    /// The predicate before it.
    pub guard: Option<Guard>,
    /// What it is called: `mad` for `mad.lo.s32`.
    pub base: String,
    /// What follows behind dots: `lo`, `s32`.
    pub modifiers: Vec<String>,
    /// What it works on.
    pub operands: Vec<Operand>,
}

impl Instruction {
    /// The opcode as it stands in the text.
    pub fn opcode(&self) -> String {
        let mut text = self.base.clone();
        for modifier in &self.modifiers {
            text = text + "." + modifier;
        }
        text
    }
}

/// `@p` or `@!p`.
#[derive(Debug, Clone)]
pub struct Guard {
    /// The predicate's name.
    pub name: String,
    /// Whether the instruction runs where it is false.
    pub negated: bool,
}

/// An operand.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A register, a label, a variable or a function.
    Name(String),
    /// `!p`.
    Not(String),
    /// An integer, in two's complement.
    Integer(u64),
    /// `0f3F800000`: the bits of an f32.
    Single(u32),
    /// `0d3FF0000000000000` or `1.5`: the bits of an f64.
    Double(u64),
    /// `{a, b}`.
    Vector(Vec<Operand>),
    /// `[a+4]`.
    Address(Address),
    /// `d|p`.
    Pair(Box<Operand>, Box<Operand>),
    /// `(a, b)`: the arguments or the results of a call.
    List(Vec<Operand>),
    /// `_`: nobody wants this result.
    Sink,
}

/// What stands in brackets.
#[derive(Debug, Clone, PartialEq)]
pub struct Address {
    /// A register, a variable, or a number.
    pub base: Base,
    /// The bytes added.
    pub offset: i64,
}

/// The first part of an address.
#[derive(Debug, Clone, PartialEq)]
pub enum Base {
    /// A register or a variable.
    Name(String),
    /// A number.
    Number(u64),
}
