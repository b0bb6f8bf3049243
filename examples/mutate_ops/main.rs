//! `cargo run --example mutate_ops`: plants faults in the operations, one at a time, and
//! runs their tests. A fault that no test sees is a hole in the tests; one that changes
//! nothing is listed with the reason in `tests/ops/equivalent.toml`. The working tree is
//! never touched: a copy is built under `target/mutants`, once for all mutants.

mod build;
mod faults;
mod weave;

use clap::Parser;
use gradus_course::mutants::Equivalent;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use weave::Mutant;

/// Plants faults in the operations and sees whether the tests find them
#[derive(Parser)]
struct Arguments {
    /// Files of src/ops, without `.rs`; all if none is named
    files: Vec<String>,
}

/// The mutants that behave like the original, by file.
type Equivalents = BTreeMap<String, Vec<Equivalent>>;

fn is(listed: &Equivalent, mutant: &Mutant) -> bool {
    listed.from == mutant.from && listed.to == mutant.to
}

/// What became of the mutants of a file.
#[derive(Default)]
struct Row {
    mutants: usize,
    killed: usize,
    equivalent: usize,
    survived: usize,
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let wanted = Arguments::parse().files;
    let listed = std::fs::read_to_string(root.join("tests/ops/equivalent.toml"))
        .expect("tests/ops/equivalent.toml is there");
    let listed: Equivalents = toml::from_str(&listed).expect("equivalent.toml is sound");
    let (mutants, uncompiled, tests) = build::build(root, &wanted);
    assert!(build::run(&tests, 0), "without a fault the tests must pass");

    let (mut rows, mut survivors) = (BTreeMap::<String, Row>::new(), Vec::new());
    for mutant in &mutants {
        let row = rows.entry(mutant.file.clone()).or_default();
        row.mutants += 1;
        let mut own = listed.get(&mutant.file).into_iter().flatten();
        let equivalent = own.any(|listed| is(listed, mutant));
        match (build::run(&tests, mutant.number), equivalent) {
            (false, false) => row.killed += 1,
            (true, true) => row.equivalent += 1,
            (passed, _) => {
                row.survived += 1;
                let what =
                    if passed { "SURVIVED" } else { "listed as equivalent, but KILLED" };
                let Mutant { file, function, from, to, .. } = mutant;
                println!("{what} in {file}, {function}:\n  - {from}\n  + {to}");
                survivors.push(mutant.number);
            }
        }
    }
    let mut stale = 0;
    for (file, listed) in listed.iter().filter(|_| wanted.is_empty()) {
        for entry in listed {
            if !mutants.iter().any(|m| m.file == *file && is(entry, m)) {
                println!("listed, and no mutant: {file} {}", entry.from);
                stale += 1;
            }
        }
    }

    println!(
        "{:<20} {:>7} {:>7} {:>10} {:>8}",
        "file", "mutants", "killed", "equivalent", "survived"
    );
    let mut all = Row::default();
    for (file, row) in &rows {
        print_row(file, row);
        all.mutants += row.mutants;
        all.killed += row.killed;
        all.equivalent += row.equivalent;
        all.survived += row.survived;
    }
    print_row("in all", &all);
    println!("{uncompiled} more do not compile");
    ExitCode::from(u8::from(!survivors.is_empty() || stale > 0))
}

fn print_row(name: &str, row: &Row) {
    let Row { mutants, killed, equivalent, survived } = row;
    println!("{name:<20} {mutants:>7} {killed:>7} {equivalent:>10} {survived:>8}");
}
