//! The microscope: what one warp did for 40 elements, line by line of the source.

use crate::lab::{Lab, STEPS};
use gradus::report::Run;
use ptx_emulator::Shape;
use ptx_emulator::types::Type;

const SOURCE: &str = include_str!("steps.cu");

pub fn look(run: &mut Run) {
    let mut lab = Lab::new(STEPS, None);
    let ones = lab.floats("a", &[1.0; 40]);
    let out = lab.room("out", Type::F32, 40);
    let arguments = [ones.into(), ones.into(), out.into(), 40u64.into()];
    let report = lab.report("add", Shape::row(1, 32), &arguments);
    assert!(report.findings.is_empty());
    let mut rows = Vec::new();
    for ((file, line), counts) in &report.statistics.lines {
        if !file.ends_with("steps.cu") {
            continue;
        }
        let text = SOURCE.lines().nth(*line as usize - 1).expect("the line is there");
        let lanes = counts.thread_instructions as f64 / counts.instructions as f64;
        rows.push(vec![
            short(text),
            counts.instructions.to_string(),
            format!("{lanes:.1}"),
            counts.global_requests.to_string(),
            counts.global_sectors.to_string(),
        ]);
    }
    run.table(
        "lines",
        "One warp adds 40 numbers to 40 others",
        &["line", "instructions", "lanes at work", "requests", "sectors"],
        &rows,
    );
}

/// A line without what stands behind its first parenthesis, which may be long.
fn short(line: &str) -> String {
    let line = line.trim().trim_start_matches("extern \"C\" __global__ void ");
    match line.split_once('(') {
        Some((start, _)) => format!("{start}(…)"),
        None => line.to_string(),
    }
}
