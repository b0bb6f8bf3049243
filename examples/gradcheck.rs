//! `cargo gradcheck`: every operation's gradient against finite differences, and f32
//! against f64, as a table. The exit code is 1 if there is a fault.

use clap::Parser;
use gradus::gradcheck::{BOUND, Case, PRECISION, Report, check, precision};
use gradus::ops;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Holds every gradient against finite differences
#[derive(Parser)]
struct Arguments {
    /// One operation only
    #[arg(long)]
    op: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What was found for one operation, in one of the two comparisons.
struct Row {
    operation: &'static str,
    against: &'static str,
    cases: usize,
    worst: f64,
    bound: f64,
    fault: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut cases: BTreeMap<&str, Vec<Case>> = BTreeMap::new();
    for case in ops::cases() {
        cases.entry(case.operation).or_default().push(case);
    }
    if let Some(name) = &arguments.op {
        if !cases.contains_key(name.as_str()) {
            let known: Vec<_> = cases.keys().copied().collect();
            eprintln!("there is no operation `{name}`: there are {}", known.join(", "));
            return ExitCode::from(2);
        }
        cases.retain(|operation, _| operation == name);
    }
    let mut rows = Vec::new();
    for (operation, cases) in &cases {
        rows.push(row(operation, "finite differences", cases, check, BOUND));
        rows.push(row(operation, "f64 (in f32)", cases, precision, PRECISION));
    }
    if arguments.json {
        print_json(&rows)
    } else {
        print_table(&rows)
    }
    ExitCode::from(u8::from(rows.iter().any(|row| row.fault.is_some())))
}

fn row(
    operation: &'static str,
    against: &'static str,
    cases: &[Case],
    compare: fn(&Case) -> Report,
    bound: f64,
) -> Row {
    let mut row =
        Row { operation, against, cases: cases.len(), worst: 0.0, bound, fault: None };
    for case in cases {
        let report = compare(case);
        row.worst = row.worst.max(report.worst);
        if let (None, Some(fault)) = (&row.fault, report.fault) {
            let of = match fault.input {
                Some(input) => format!("gradient of input {input}"),
                None => "output".to_string(),
            };
            row.fault = Some(format!(
                "{}: {of} at {:?} is {:e}, expected {:e}",
                case.name, fault.index, fault.got, fault.expected
            ));
        }
    }
    row
}

fn print_table(rows: &[Row]) {
    println!("{:<18} {:<19} {:>5}  worst    bound", "operation", "against", "cases");
    for Row { operation, against, cases, worst, bound, fault } in rows {
        let verdict = if fault.is_none() { "ok" } else { "WRONG" };
        println!(
            "{operation:<18} {against:<19} {cases:>5}  {worst:<7.0e}  {bound:.0e}  {verdict}"
        );
        fault.iter().for_each(|fault| println!("    {fault}"));
    }
    let wrong = rows.iter().filter(|row| row.fault.is_some()).count();
    println!("{} comparisons, {wrong} wrong", rows.len());
}

fn print_json(rows: &[Row]) {
    let row = |row: &Row| {
        serde_json::json!({
            "operation": row.operation, "against": row.against, "cases": row.cases,
            "worst": row.worst, "bound": row.bound, "fault": row.fault,
        })
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    println!("{}", serde_json::to_string_pretty(&rows).expect("rows are JSON"));
}
