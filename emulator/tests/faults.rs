//! Every mistake in `cu/faults.cu` is found: its kind, its line, its buffer and element, and for a
//! race both lines. Nothing else is found, with all checks on and in any order that the ISA allows.

mod support;

use ptx_emulator::{Argument, Finding, Machine, Report, Settings, Shape};
use support::{buffer, program, text};

/// What a kernel says must be found in it.
struct Fault {
    name: String,
    blocks: u32,
    unwritten: bool,
    kind: String,
    element: Option<String>,
    line: u32,
    other: Option<u32>,
}

/// The marks behind the lines of the source.
fn faults() -> Vec<Fault> {
    let source = text("tests/cu/faults.cu");
    let mut faults: Vec<Fault> = Vec::new();
    let mut comment = "";
    for (line, text) in (1..).zip(source.lines()) {
        if let Some((_, name)) = text.split_once("__global__ void ") {
            faults.push(Fault {
                name: name
                    .split_once('(')
                    .expect("a kernel has parameters")
                    .0
                    .to_string(),
                blocks: if comment.contains("two blocks") { 2 } else { 1 },
                unwritten: comment.contains("out is unwritten"),
                kind: String::new(),
                element: None,
                line: 0,
                other: None,
            });
        } else if let Some((_, mark)) = text.split_once("// finds: ") {
            let fault = faults.last_mut().expect("a mark stands in a kernel");
            let (kind, element) =
                mark.split_once(" of ").map_or((mark, None), |m| (m.0, Some(m.1)));
            if kind == "other" {
                fault.other = Some(line);
            } else {
                (fault.kind, fault.line) = (kind.to_string(), line);
                fault.element = element.map(str::to_string);
            }
        }
        comment = text;
    }
    faults
}

fn run(fault: &Fault, settings: Settings) -> Report {
    let program = program("tests/cu/faults.ptx");
    let mut machine = Machine::new(settings);
    let numbers: Vec<f32> = (0..100).map(|i| (i * 37 % 101) as f32).collect();
    let input = buffer(&mut machine, "in", &numbers);
    let output = match fault.unwritten {
        true => machine.unwritten("out", ptx_emulator::types::Type::F32, 100),
        false => buffer(&mut machine, "out", &[0.0; 100]),
    };
    let arguments: [Argument; 3] = [input.into(), output.into(), 100u32.into()];
    let kernel = &program.kernels[&fault.name];
    machine
        .launch(kernel, Shape::row(fault.blocks, 64), &arguments)
        .expect("it can be launched")
}

/// What is wrong with what was found.
fn judge(fault: &Fault, findings: &[Finding]) -> Result<(), String> {
    if !findings.iter().any(|finding| finding.kind.name() == fault.kind) {
        return Err(format!("no {} was found", fault.kind));
    }
    for finding in findings {
        let line =
            |place: &ptx_emulator::parse::Place| place.source.as_ref().map(|s| s.line);
        let found = line(&finding.place);
        let other = finding.other.as_ref().and_then(|other| line(&other.place));
        let mut lines = [found, other.or(found)];
        let mut wanted = [Some(fault.line), Some(fault.other.unwrap_or(fault.line))];
        lines.sort();
        wanted.sort();
        let races = finding.kind.name() == "race";
        let right = finding.kind.name() == fault.kind
            && if races { lines == wanted } else { found == Some(fault.line) };
        if !right {
            return Err(format!("wrong: {finding}"));
        }
    }
    let Some(wanted) = &fault.element else { return Ok(()) };
    let named = |finding: &Finding| {
        let element = finding.element.as_ref().expect("an access touches something");
        format!("{}[{}]", element.buffer, element.index)
    };
    let names: Vec<String> = findings.iter().map(named).collect();
    if names.contains(wanted) { Ok(()) } else { Err(format!("{names:?}, not {wanted}")) }
}

fn each_is_found(faults: &[Fault], settings: impl Fn() -> Settings) {
    let mut wrong = Vec::new();
    for fault in faults {
        if let Err(message) = judge(fault, &run(fault, settings()).findings) {
            wrong.push(format!("{}: {message}", fault.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_mistake_is_found_and_nothing_else() {
    let faults = faults();
    assert!(faults.len() > 20, "{} kernels", faults.len());
    each_is_found(&faults, || Settings { budget: 100_000, ..Settings::default() });
}

#[test]
fn in_any_order_too() {
    let mut faults = faults();
    // Which thread is the first to do it depends on the order.
    faults.iter_mut().for_each(|fault| fault.element = None);
    for seed in 0..10 {
        each_is_found(&faults, || Settings {
            budget: 100_000,
            pessimistic: Some(seed),
            ..Settings::default()
        });
    }
}

#[test]
fn without_checks_nothing_is_found_but_what_stops_the_kernel() {
    for fault in faults() {
        let settings = Settings {
            checks: ptx_emulator::Checks::NONE,
            budget: 100_000,
            ..Settings::default()
        };
        let found = run(&fault, settings).findings;
        let stops = ["deadlock", "endless", "trap"].contains(&fault.kind.as_str());
        assert_eq!(found.len(), stops as usize, "{}: {found:?}", fault.name);
    }
}
