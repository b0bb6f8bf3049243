//! The same work in PyTorch, if Python has it.

use crate::speed::Row;
use serde::Deserialize;
use std::process::Command;

const SCRIPT: &str = include_str!("torch.py");

#[derive(Deserialize)]
struct Measured {
    what: String,
    whose: String,
    milliseconds: f64,
    range: [f64; 2],
    rate: Option<(f64, String)>,
}

/// What PyTorch takes.
pub fn rows(python: &str) -> Result<Vec<Row>, String> {
    let output = Command::new(python).args(["-c", SCRIPT]).output();
    let output = output.map_err(|error| format!("{python}: {error}"))?;
    if !output.status.success() {
        let last = String::from_utf8_lossy(&output.stderr);
        let last = last.trim().lines().last().unwrap_or("it says nothing").to_string();
        return Err(last);
    }
    let rows: Vec<Measured> = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("what the script printed is no JSON: {error}"))?;
    let unit = |unit: &str| if unit == "GB/s" { "GB/s" } else { "TFLOP/s" };
    let row = |row: Measured| Row {
        what: row.what,
        whose: row.whose,
        milliseconds: row.milliseconds,
        range: row.range,
        rate: row.rate.map(|(rate, name)| (rate, unit(&name))),
    };
    Ok(rows.into_iter().map(row).collect())
}
