//! `cargo gradcheck`: every operation's gradient against finite differences, and f32
//! against f64, as a table; with `--device`, outputs and gradients of that device against the
//! processor's. The exit code is 1 if there is a fault, or an operation in the source that no
//! case tries; 2 if the question makes no sense, or there is no such device.

mod operations;

use clap::Parser;
use gradus::device::Device;
use gradus::gradcheck::{
    BOUND, Case, PRECISION, Report, check, compare, gradients, on_device, precision,
};
use gradus::ops;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

/// Holds every gradient against finite differences
#[derive(Parser)]
struct Arguments {
    /// One operation only
    #[arg(long)]
    op: Option<String>,
    /// Compare what this device computes with the processor: emulator, cuda, cuda:1
    #[arg(long, value_name = "DEVICE", default_value = "cpu")]
    device: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Make this operation's gradients wrong by a thousandth first, to see that it is found
    #[arg(long, value_name = "NAME")]
    spoil: Option<String>,
    /// Where the operations are written
    #[arg(long, value_name = "FOLDER",
        default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ops"))]
    source: PathBuf,
}

/// What was found for one operation, in one of the two comparisons.
struct Row {
    operation: String,
    device: String,
    against: &'static str,
    cases: Vec<(String, Vec<Vec<usize>>)>,
    worst: f64,
    bound: f64,
    fault: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let written = match operations::operations(&arguments.source) {
        Ok(written) => written,
        Err(fault) => {
            eprintln!("{fault}");
            return ExitCode::from(2);
        }
    };
    let mut cases: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    let mut tried = BTreeSet::new();
    for case in ops::cases() {
        tried.extend(operations::met(&case));
        cases.entry(case.operation.to_string()).or_default().push(case);
    }
    // What a case tries is an operation too if it is made of others: `stack`, `split`.
    let untried: BTreeMap<_, _> =
        written.iter().filter(|(name, _)| !tried.contains(name.as_str())).collect();
    let names: BTreeSet<&str> =
        cases.keys().chain(untried.keys().copied()).map(String::as_str).collect();
    for name in [&arguments.op, &arguments.spoil].into_iter().flatten() {
        if !names.contains(name.as_str()) {
            eprintln!(
                "there is no operation `{name}`: did you mean {}?",
                near(name, &names)
            );
            return ExitCode::from(2);
        }
    }
    let device: Device = match arguments.device.parse() {
        Ok(device) => device,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    if device != Device::Cpu && arguments.spoil.is_some() {
        eprintln!(
            "--spoil goes with the processor's own check, not with --device {device}"
        );
        return ExitCode::from(2);
    }
    let mut rows = Vec::new();
    for name in names {
        if arguments.op.as_ref().is_some_and(|wanted| wanted != name) {
            continue;
        }
        if let Some(file) = untried.get(&name.to_string()) {
            let fault = format!("no case tries it: add some to `cases` in {file}");
            rows.push(Row {
                fault: Some(fault),
                ..row(name, &device, "nothing", &[], &|case| Ok(check(case)), 0.0)
            });
        }
        let Some(cases) = cases.get(name) else { continue };
        if device != Device::Cpu {
            let compare = |case: &Case| there(case, &device);
            rows.push(row(name, &device, "f64 on the cpu", cases, &compare, PRECISION));
            continue;
        }
        let spoilt = arguments.spoil.as_deref() == Some(name);
        let against = if spoilt { check_spoilt } else { check };
        let against = |case: &Case| Ok(against(case));
        rows.push(row(name, &device, "finite differences", cases, &against, BOUND));
        let against = |case: &Case| Ok(precision(case));
        rows.push(row(name, &device, "f64 (in f32)", cases, &against, PRECISION));
    }
    if arguments.json {
        print_json(&rows)
    } else {
        print_table(&rows)
    }
    ExitCode::from(u8::from(rows.iter().any(|row| row.fault.is_some())))
}

fn check_spoilt(case: &Case) -> Report {
    let gradients: Vec<_> =
        gradients(case).iter().map(|g| g.map(|x| 1.001 * x)).collect();
    compare(case, &gradients)
}

/// The comparison on a device, or what the device could not do.
fn there(case: &Case, device: &Device) -> Result<Report, String> {
    catch_unwind(AssertUnwindSafe(|| on_device(case, device))).map_err(|panic| {
        panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "it panics".to_string())
    })
}

fn row(
    operation: &str,
    device: &Device,
    against: &'static str,
    cases: &[Case],
    compare: &dyn Fn(&Case) -> Result<Report, String>,
    bound: f64,
) -> Row {
    let shapes = |case: &Case| case.inputs.iter().map(|x| x.shape().to_vec()).collect();
    let tried = cases.iter().map(|case| (case.name.clone(), shapes(case))).collect();
    let mut row = Row {
        operation: operation.to_string(),
        device: device.to_string(),
        against,
        cases: tried,
        worst: 0.0,
        bound,
        fault: None,
    };
    for case in cases {
        let report = match compare(case) {
            Ok(report) => report,
            Err(what) => {
                row.fault.get_or_insert(format!("{}: {what}", case.name));
                continue;
            }
        };
        row.worst = row.worst.max(report.worst);
        if let (None, Some(fault)) = (&row.fault, report.fault) {
            let of = match fault.input {
                Some(input) => format!("gradient of input {input}"),
                None => "output".to_string(),
            };
            row.fault = Some(format!(
                "{}: {of} at {:?} is {:.9e}, expected {:.9e}",
                case.name, fault.index, fault.got, fault.expected
            ));
        }
    }
    row
}

/// The three names that the fewest letters make of `name`.
fn near(name: &str, names: &BTreeSet<&str>) -> String {
    let mut names: Vec<_> =
        names.iter().map(|other| (edits(name, other), other)).collect();
    names.sort();
    let nearest: Vec<_> =
        names.iter().take(3).map(|(_, other)| format!("`{other}`")).collect();
    nearest.join(", ")
}

/// How many letters must be put in, left out or changed (Levenshtein 1965).
fn edits(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.chars().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.chars().count()]
}

fn verdict(row: &Row) -> &'static str {
    if row.fault.is_none() { "ok" } else { "WRONG" }
}

fn print_table(rows: &[Row]) {
    let width = rows.iter().map(|row| row.device.chars().count()).max().unwrap_or(0);
    let width = width.max("device".len());
    println!(
        "{:<18} {:<width$} {:<19} {:>5}  worst    bound",
        "operation", "device", "against", "cases"
    );
    for row in rows {
        let (verdict, cases) = (verdict(row), row.cases.len());
        let Row { operation, device, against, worst, bound, fault, .. } = row;
        println!(
            "{operation:<18} {device:<width$} {against:<19} {cases:>5}  {worst:<7.0e}  {bound:.0e}  {verdict}"
        );
        fault.iter().for_each(|fault| println!("    {fault}"));
    }
    let wrong = rows.iter().filter(|row| row.fault.is_some()).count();
    println!("{} comparisons, {wrong} wrong", rows.len());
}

fn print_json(rows: &[Row]) {
    let case = |(name, shapes): &(String, Vec<Vec<usize>>)| serde_json::json!({ "name": name, "shapes": shapes });
    let row = |row: &Row| {
        serde_json::json!({
            "operation": row.operation, "device": row.device, "against": row.against,
            "cases": row.cases.iter().map(case).collect::<Vec<_>>(),
            "worst": row.worst, "bound": row.bound,
            "verdict": verdict(row), "fault": row.fault,
        })
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    println!("{}", serde_json::to_string_pretty(&rows).expect("rows are JSON"));
}
