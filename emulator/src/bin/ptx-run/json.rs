//! `--json`: the report for a program.

use crate::human::argument;
use crate::options::Options;
use ptx_emulator::parse::Place;
use ptx_emulator::{Counts, Finding, Kernel, Report};
use serde_json::{Map, Value, json};

/// One object in one line.
pub fn report(options: &Options, kernel: &Kernel, report: &Report) -> String {
    let all = |findings: &[Finding]| -> Vec<Value> {
        findings.iter().map(|one| finding(kernel, one)).collect()
    };
    let lines = report.statistics.lines.iter().map(|((file, line), of)| {
        let mut line = Map::from_iter([
            ("file".to_string(), json!(file)),
            ("line".to_string(), json!(line)),
        ]);
        line.extend(counts(of));
        Value::Object(line)
    });
    let object = json!({
        "kernel": kernel.name,
        "clean": report.findings.is_empty(),
        "grid": options.grid,
        "block": options.block,
        "threads": options.threads(),
        "findings": all(&report.findings),
        "lints": all(&report.lints),
        "statistics": {
            "total": counts(&report.statistics.total),
            "lines": lines.collect::<Vec<_>>(),
        },
    });
    format!("{object}\n")
}

fn finding(kernel: &Kernel, finding: &Finding) -> Value {
    let element = finding.element.as_ref();
    let other = finding.other.as_ref().map(|other| {
        json!({
            "file": file(&other.place),
            "line": line(&other.place),
            "ptx_line": other.place.ptx_line,
            "block": other.thread.block,
            "thread": other.thread.thread,
            "writes": other.writes,
        })
    });
    json!({
        "kind": finding.kind.name(),
        "kernel": finding.kernel,
        "file": file(&finding.place),
        "line": line(&finding.place),
        "ptx_line": finding.place.ptx_line,
        "block": finding.thread.block,
        "thread": finding.thread.thread,
        "argument": argument(kernel, finding),
        "buffer": element.map(|element| &element.buffer),
        "element": element.map(|element| element.index),
        "element_type": element.map(|element| element.element.to_string()),
        "count": element.map(|element| element.count),
        "message": finding.message,
        "times": finding.times,
        "other": other,
    })
}

fn file(place: &Place) -> Option<&str> {
    place.source.as_ref().map(|source| &*source.file)
}

fn line(place: &Place) -> Option<u32> {
    place.source.as_ref().map(|source| source.line)
}

fn counts(counts: &Counts) -> Map<String, Value> {
    let counts = [
        ("instructions", counts.instructions),
        ("thread_instructions", counts.thread_instructions),
        ("branches", counts.branches),
        ("divergent_branches", counts.divergent_branches),
        ("global_requests", counts.global_requests),
        ("global_sectors", counts.global_sectors),
        ("global_sectors_ideal", counts.global_sectors_ideal),
        ("shared_requests", counts.shared_requests),
        ("shared_wavefronts", counts.shared_wavefronts),
        ("shared_wavefronts_ideal", counts.shared_wavefronts_ideal),
        ("bank_conflicts", counts.bank_conflicts()),
        ("atomics", counts.atomics),
        ("barriers", counts.barriers),
    ];
    counts.into_iter().map(|(name, count)| (name.to_string(), json!(count))).collect()
}
