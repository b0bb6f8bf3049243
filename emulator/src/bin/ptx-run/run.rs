//! From the command line to the report.

use crate::argument::{self, Given, Memory};
use crate::options::{Level, Options};
use crate::source::Sources;
use crate::{Result, human, json, save};
use ptx_emulator::{Argument, Buffer, Kernel, Machine, Program, Report};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What there is to tell after a launch.
pub struct Outcome {
    /// For standard output.
    pub text: String,
    /// For standard error.
    pub notes: String,
    /// The exit code.
    pub code: u8,
}

/// Launches the kernel.
pub fn run(options: &Options) -> Result<Outcome> {
    let text = text(&options.file)?;
    let in_file = |error| format!("{}: {error}", options.file.display());
    let program = Program::parse(&text).map_err(in_file)?;
    let kernel = choose(&program, options)?;
    let given = argument::all(kernel, &options.arguments)?;
    save::possible(&options.save, &given)?;

    let mut machine = Machine::new(options.settings());
    machine.load(&program).map_err(in_file)?;
    let named = kernel.parameters.iter().zip(&given);
    let arguments: Vec<Argument> = named
        .map(|(parameter, given)| {
            place(&mut machine, &parameter.name, given, options.checks)
        })
        .collect();
    let report = machine
        .launch(kernel, options.shape(), &arguments)
        .map_err(|error| error.to_string())?;

    let mut code = if report.findings.is_empty() { 0 } else { 1 };
    let mut notes = if options.json { String::new() } else { human::lints(&report) };
    for wish in &options.save {
        let number = wish.argument;
        let (Given::Buffer(memory), Argument::Buffer(buffer)) =
            (&given[number], &arguments[number])
        else {
            continue;
        };
        if let Some(byte) = machine.first_unwritten(*buffer) {
            notes += &unwritten(kernel, number, memory, byte);
        }
        if let Err(why) = save::write(&wish.path, memory, machine.read(*buffer)) {
            notes += &format!("error: {why}\n");
            code = 2;
        }
    }
    Ok(Outcome { text: tell(options, kernel, &given, &report, &text), notes, code })
}

/// A text of more than this many bytes is no kernel.
const LONGEST: u64 = 64 << 20;

fn text(path: &Path) -> Result<String> {
    let named = |why: String| format!("{}: {why}", path.display());
    let file = File::open(path).map_err(|error| named(error.to_string()))?;
    let mut bytes = Vec::new();
    let read = file.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| named(error.to_string()))?;
    if bytes.len() as u64 > LONGEST {
        return Err(named(format!("more than {} MiB are no PTX", LONGEST >> 20)));
    }
    String::from_utf8(bytes)
        .map_err(|_| named("it is no text, so it is no PTX".to_string()))
}

fn choose<'a>(program: &'a Program, options: &Options) -> Result<&'a Kernel> {
    let file = options.file.display();
    let names: Vec<&str> = program.kernels.keys().map(String::as_str).collect();
    let (count, names) = (names.len(), names.join(", "));
    match (&options.entry, program.kernels.values().next()) {
        (_, None) => Err(format!("{file} has no kernel (`.entry`)")),
        (Some(name), _) => program.kernels.get(name).ok_or_else(|| {
            format!("{file} has no kernel `{name}`; those it has: {names}")
        }),
        (None, Some(only)) if count == 1 => Ok(only),
        (None, _) => Err(format!(
            "{file} has {count} kernels; choose one with --entry NAME: {names}"
        )),
    }
}

/// Puts what is given on the device. A buffer is called like its parameter.
fn place(machine: &mut Machine, name: &str, given: &Given, checks: Level) -> Argument {
    match given {
        Given::Value(_, bytes) => Argument::Bytes(bytes.clone()),
        Given::Null => Argument::from(0u64),
        Given::Buffer(memory) => {
            let of = memory.element.of;
            let buffer: Buffer = match &memory.bytes {
                Some(bytes) => machine.buffer(name, of, bytes),
                None => machine.unwritten(name, of, memory.shape[0]),
            };
            // Where nothing is checked, a write is done like on a GPU.
            if memory.read_only && checks != Level::None {
                machine.set_read_only(buffer);
            }
            Argument::Buffer(buffer)
        }
    }
}

fn unwritten(kernel: &Kernel, number: usize, memory: &Memory, byte: usize) -> String {
    let (name, element) =
        (&kernel.parameters[number].name, byte / memory.element.of.size());
    format!(
        "warning: argument {number}, `{name}`, is saved, and the kernel never wrote to its \
         element {element} (the first such one); what is saved there means nothing\n"
    )
}

fn tell(
    options: &Options,
    kernel: &Kernel,
    given: &[Given],
    report: &Report,
    ptx: &str,
) -> String {
    if options.json {
        return json::report(options, kernel, report);
    }
    let mut sources = Sources::new(&options.file, ptx);
    let mut text = human::findings(kernel, given, report, &mut sources);
    if options.stats {
        text += &crate::table::statistics(&report.statistics, &mut sources);
    }
    text + &human::summary(options, report)
}
