//! From text to statements: the syntax of PTX (ISA, chapters 4 to 7), without a meaning yet.

mod cursor;
mod function;
mod instruction;
mod module;
mod place;
mod syntax;
mod token;
mod variable;

pub use place::{Place, Source};
pub use syntax::{
    Address, Base, Function, Guard, Initial, Instruction, Module, Operand, Space,
    Statement, Variable,
};

pub use module::parse;
pub use variable::space;
