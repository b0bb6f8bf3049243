//! From the statements of a kernel to its instructions.

use super::action::{Action, Condition, Instruction};
use super::function::inlined;
use super::names::{Named, Names};
use super::{Kernel, Parameter};
use crate::error::{Error, Result};
use crate::parse::{self, Guard, Module, Place, Statement, Variable};
use std::collections::{BTreeMap, HashMap};

/// Every kernel of a module.
pub(super) fn kernels(module: &Module, program: u64) -> Result<BTreeMap<String, Kernel>> {
    let mut kernels = BTreeMap::new();
    for function in module.functions.iter().filter(|function| function.kernel) {
        let body = inlined(module, function)?;
        let kernel = Builder::kernel(module, program, function, &body)?;
        if kernels.insert(function.name.clone(), kernel).is_some() {
            let place = body.first().map(|(place, _)| place.clone()).unwrap_or_default();
            let message = format!("the kernel `{}` stands twice", function.name);
            return Err(Error::Text { place, message });
        }
    }
    Ok(kernels)
}

/// What is known while a kernel is read.
pub(super) struct Builder<'a> {
    pub module: &'a Module,
    pub names: Names,
    pub variables: Vec<Variable>,
    /// Labels and the instruction they stand before.
    labels: HashMap<&'a str, usize>,
    pub targets: HashMap<&'a str, &'a [String]>,
    /// The statement that is being read.
    place: Place,
}

impl<'a> Builder<'a> {
    fn kernel(
        module: &'a Module,
        program: u64,
        function: &parse::Function,
        body: &'a [(Place, Statement)],
    ) -> Result<Kernel> {
        let mut builder = Builder {
            module,
            names: Names::new(),
            variables: Vec::new(),
            labels: HashMap::new(),
            targets: HashMap::new(),
            place: Place::default(),
        };
        for parameter in &function.parameters {
            builder.place = parameter.place.clone();
            builder.variable(parameter)?;
        }
        builder.find_labels(body)?;
        let mut code = Vec::new();
        for (place, statement) in body {
            builder.place = place.clone();
            builder.statement(statement, &mut code)?;
        }
        // A kernel that runs past its last instruction has ended.
        code.push(Instruction {
            guard: None,
            action: Action::Exit,
            place: builder.place.clone(),
            opcode: "exit".to_string(),
        });
        let parameters = function.parameters.iter().map(|variable| Parameter {
            name: variable.name.clone(),
            element: variable.element,
            count: variable.count.unwrap_or(1),
        });
        Ok(Kernel {
            name: function.name.clone(),
            parameters: parameters.collect(),
            most_threads: function.most_threads,
            program,
            variables: builder.variables,
            registers: builder.names.registers,
            presets: builder.names.presets(),
            predicates: builder.names.predicates,
            code,
        })
    }

    /// Branches lead forwards as well as back: labels are found before instructions are read.
    fn find_labels(&mut self, body: &'a [(Place, Statement)]) -> Result<()> {
        let mut next = 0;
        for (place, statement) in body {
            self.place = place.clone();
            match statement {
                Statement::Instruction(_) => next += 1,
                Statement::Label(name) => {
                    let before = self.labels.insert(name, next);
                    self.once(name, before.is_some())?;
                }
                Statement::Targets(name, targets) => {
                    self.targets.insert(name, targets);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A label may stand only once.
    fn once(&self, name: &str, again: bool) -> Result<()> {
        if again {
            self.error(format!("the label `{name}` stands twice"))
        } else {
            Ok(())
        }
    }

    fn statement(
        &mut self,
        statement: &'a Statement,
        code: &mut Vec<Instruction>,
    ) -> Result<()> {
        match statement {
            Statement::Open => self.names.open(),
            Statement::Close => self.names.close(),
            Statement::Label(_) | Statement::Targets(..) => {}
            Statement::Registers { element, name, count } => {
                let declared = self.names.registers(*element, name, *count);
                self.text(declared)?;
            }
            Statement::Variable(variable) => self.variable(variable)?,
            Statement::Instruction(instruction) => {
                let opcode = instruction.opcode();
                let guard = self.guard(&instruction.guard)?;
                let action = self.action(instruction)?;
                code.push(Instruction {
                    guard,
                    action,
                    place: self.place.clone(),
                    opcode,
                });
            }
        }
        Ok(())
    }

    fn variable(&mut self, variable: &Variable) -> Result<()> {
        if variable.bytes() > 1 << 30 {
            return self.error(format!("`{}` is larger than 1 GiB", variable.name));
        }
        let number = self.variables.len();
        let declared = self.names.declare(&variable.name, Named::Variable(number));
        self.text(declared)?;
        let mut variable = variable.clone();
        // Blocks between braces may each have a variable of one name.
        if self.variables.iter().any(|known| known.name == variable.name) {
            variable.name = format!("{}#{number}", variable.name);
        }
        self.variables.push(variable);
        Ok(())
    }

    fn guard(&self, guard: &Option<Guard>) -> Result<Option<Condition>> {
        let Some(guard) = guard else { return Ok(None) };
        let predicate = self.predicate(&guard.name)?;
        Ok(Some(Condition { predicate, negated: guard.negated }))
    }

    /// What an instruction does: the first part that knows its name says so.
    fn action(&mut self, instruction: &'a parse::Instruction) -> Result<Action> {
        let parts = [Self::control, Self::warp, Self::memory, Self::data, Self::compute];
        for part in parts {
            if let Some(action) = part(self, instruction)? {
                return Ok(action);
            }
        }
        let later = [
            "cp", "ldmatrix", "stmatrix", "mma", "wmma", "wgmma", "tex", "surf",
            "mbarrier",
        ];
        let what = match later.contains(&instruction.base.as_str()) {
            true => "is not known yet: it is PTX that this emulator cannot run",
            false => "is not known",
        };
        self.error(format!("the instruction `{}` {what}", instruction.opcode()))
    }

    /// The instruction behind a label.
    pub fn label(&self, name: &str) -> Result<usize> {
        let found = self.labels.get(name).copied();
        found.map_or_else(|| self.error(format!("there is no label `{name}`")), Ok)
    }

    /// An error at the statement that is being read.
    pub fn error<T>(&self, message: impl Into<String>) -> Result<T> {
        Err(Error::Text { place: self.place.clone(), message: message.into() })
    }

    /// An error that knows no place gets this statement's.
    pub fn text<T>(&self, result: std::result::Result<T, String>) -> Result<T> {
        result.or_else(|message| self.error(message))
    }
}
