//! Calls of functions: the body of the function is put in the place of the call.

use crate::error::{Error, Result};
use crate::parse::{
    Address, Base, Function, Instruction, Module, Operand, Place, Space, Statement,
    Variable,
};
use std::collections::{HashMap, HashSet};

type Body = Vec<(Place, Statement)>;

/// The body of a kernel in which no call of a known function is left.
pub(super) fn inlined(module: &Module, function: &Function) -> Result<Body> {
    let mut inliner = Inliner { module, body: Vec::new(), calls: 0 };
    inliner.statements(&function.body, &Renaming::default(), 0)?;
    Ok(inliner.body)
}

/// Deeper than this lies a function that calls itself.
const MOST_DEPTH: u32 = 16;
/// More statements than this are no kernel but a mistake.
const MOST_STATEMENTS: usize = 1 << 20;

struct Inliner<'a> {
    module: &'a Module,
    body: Body,
    calls: usize,
}

/// How the names of a function are called where its body is put.
#[derive(Default)]
struct Renaming {
    /// What is put before names that the function declares itself.
    prefix: String,
    /// Parameters and results: the caller's names for them.
    given: HashMap<String, String>,
    /// The names that the function declares.
    own: HashSet<String>,
    /// Stems of families of registers.
    stems: Vec<String>,
    /// Where `ret` leads.
    end: Option<String>,
}

impl Renaming {
    fn name(&self, name: &str) -> String {
        if let Some(given) = self.given.get(name) {
            return given.clone();
        }
        let numbered = |stem: &String| {
            let number = name.strip_prefix(stem.as_str());
            number.is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
            })
        };
        let own = self.own.contains(name) || self.stems.iter().any(numbered);
        if own { format!("{}{name}", self.prefix) } else { name.to_string() }
    }

    fn operand(&self, operand: &Operand) -> Operand {
        let all =
            |parts: &[Operand]| parts.iter().map(|part| self.operand(part)).collect();
        match operand {
            Operand::Name(name) => Operand::Name(self.name(name)),
            Operand::Not(name) => Operand::Not(self.name(name)),
            Operand::Vector(parts) => Operand::Vector(all(parts)),
            Operand::List(parts) => Operand::List(all(parts)),
            Operand::Pair(a, b) => {
                Operand::Pair(Box::new(self.operand(a)), Box::new(self.operand(b)))
            }
            Operand::Address(Address { base: Base::Name(name), offset }) => {
                Operand::Address(Address {
                    base: Base::Name(self.name(name)),
                    offset: *offset,
                })
            }
            other => other.clone(),
        }
    }

    fn variable(&self, variable: &Variable) -> Variable {
        let mut renamed = variable.clone();
        renamed.name = self.name(&variable.name);
        // A parameter of a call is memory of the thread.
        if renamed.space == Space::Param {
            renamed.space = Space::Local;
        }
        renamed
    }
}

impl Inliner<'_> {
    fn statements(
        &mut self,
        body: &[(Place, Statement)],
        names: &Renaming,
        depth: u32,
    ) -> Result<()> {
        for (place, statement) in body {
            if self.body.len() > MOST_STATEMENTS {
                return error(
                    place,
                    "the kernel with all functions that it calls is too long",
                );
            }
            let renamed = match statement {
                Statement::Open => Statement::Open,
                Statement::Close => Statement::Close,
                Statement::Label(name) => Statement::Label(names.name(name)),
                Statement::Registers { element, name, count } => Statement::Registers {
                    element: *element,
                    name: format!("{}{name}", names.prefix),
                    count: *count,
                },
                Statement::Variable(variable) => {
                    Statement::Variable(names.variable(variable))
                }
                Statement::Targets(name, targets) => Statement::Targets(
                    names.name(name),
                    targets.iter().map(|target| names.name(target)).collect(),
                ),
                Statement::Instruction(instruction) => {
                    let mut instruction = instruction.clone();
                    for operand in &mut instruction.operands {
                        *operand = names.operand(operand);
                    }
                    if let Some(guard) = &mut instruction.guard {
                        guard.name = names.name(&guard.name);
                    }
                    if instruction.base == "call" && instruction.guard.is_none() {
                        self.call(place, &instruction, depth)?;
                        continue;
                    }
                    if let ("ret", Some(end)) = (instruction.base.as_str(), &names.end) {
                        instruction.base = "bra".to_string();
                        instruction.modifiers.clear();
                        instruction.operands = vec![Operand::Name(end.clone())];
                    }
                    Statement::Instruction(instruction)
                }
            };
            self.body.push((place.clone(), renamed));
        }
        Ok(())
    }

    /// `call (results), name, (arguments);` with results and arguments optional.
    fn call(&mut self, place: &Place, call: &Instruction, depth: u32) -> Result<()> {
        if depth == MOST_DEPTH {
            return error(place, "functions that call themselves are not supported");
        }
        let (results, name, arguments): (&[Operand], _, &[Operand]) = match call
            .operands
            .as_slice()
        {
            [Operand::Name(name)] => (&[], name, &[]),
            [Operand::Name(name), Operand::List(arguments)] => (&[], name, arguments),
            [Operand::List(results), Operand::Name(name)] => (results, name, &[]),
            [Operand::List(results), Operand::Name(name), Operand::List(arguments)] => {
                (results, name, arguments)
            }
            _ => return error(place, "calls through a pointer are not supported"),
        };
        if let Some(stand_in) = stand_in(name) {
            self.body.push((place.clone(), Statement::Instruction(stand_in)));
            return Ok(());
        }
        let callee = self.module.functions.iter().find(|f| !f.kernel && f.name == *name);
        let Some(callee) = callee else {
            return error(
                place,
                format!("`{name}` is called, and this text does not define it"),
            );
        };
        if results.len() != callee.results.len()
            || arguments.len() != callee.parameters.len()
        {
            return error(
                place,
                format!("`{name}` is called with the wrong number of arguments"),
            );
        }
        self.calls += 1;
        let prefix = format!("call{}:", self.calls);
        let end = format!("{prefix}end");
        let mut names =
            Renaming { prefix, end: Some(end.clone()), ..Renaming::default() };
        let formal = callee.results.iter().chain(&callee.parameters);
        for (formal, actual) in formal.zip(results.iter().chain(arguments)) {
            let Operand::Name(actual) = actual else {
                return error(
                    place,
                    "only parameters by name can be passed to a function",
                );
            };
            names.given.insert(formal.name.clone(), actual.clone());
        }
        for (_, statement) in &callee.body {
            match statement {
                Statement::Label(name) | Statement::Targets(name, _) => {
                    names.own.insert(name.clone());
                }
                Statement::Variable(variable) => {
                    names.own.insert(variable.name.clone());
                }
                Statement::Registers { name, count: None, .. } => {
                    names.own.insert(name.clone());
                }
                Statement::Registers { name, .. } => names.stems.push(name.clone()),
                _ => {}
            }
        }
        self.body.push((place.clone(), Statement::Open));
        self.statements(&callee.body, &names, depth + 1)?;
        self.body.push((place.clone(), Statement::Label(end)));
        self.body.push((place.clone(), Statement::Close));
        Ok(())
    }
}

/// What the calls that `printf` and `assert` compile to do here: nothing is printed, and an
/// assertion that fails ends the launch.
fn stand_in(function: &str) -> Option<Instruction> {
    let base = match function {
        "vprintf" => "pmevent",
        "__assertfail" => "trap",
        _ => return None,
    };
    let (base, modifiers, operands) = (base.to_string(), Vec::new(), Vec::new());
    Some(Instruction { guard: None, base, modifiers, operands })
}

fn error<T>(place: &Place, message: impl Into<String>) -> Result<T> {
    Err(Error::Text { place: place.clone(), message: message.into() })
}
