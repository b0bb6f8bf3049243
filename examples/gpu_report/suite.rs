//! The tests of the kernels, and every operation, on the GPU alone.

use crate::{caught, device, kernels};
use gradus::device::Gpu;
use gradus::gradcheck::{PRECISION, on_device};
use gradus::ops;
use serde::Serialize;
use std::collections::BTreeMap;

/// A test, or an operation with its cases.
#[derive(Serialize)]
pub struct Row {
    pub name: String,
    /// How many cases there were.
    pub cases: usize,
    /// The largest error against f64, where it is measured; at most 1e-4.
    pub worst: Option<f64>,
    pub fault: Option<String>,
}

pub fn rows(gpu: &Gpu) -> Vec<Row> {
    let test = |(name, body): &(&str, fn(&Gpu))| Row {
        name: format!("kernels::{name}"),
        cases: 1,
        worst: None,
        fault: caught(|| body(gpu)),
    };
    let mut rows: Vec<Row> = kernels::ALL.iter().map(test).collect();
    let mut operations: BTreeMap<&str, Row> = BTreeMap::new();
    for case in ops::cases() {
        let row = operations.entry(case.operation).or_insert_with(|| Row {
            name: case.operation.to_string(),
            cases: 0,
            worst: Some(0.0),
            fault: None,
        });
        row.cases += 1;
        let mut found = None;
        let panic = caught(|| found = Some(on_device(&case, &device(gpu))));
        let fault = match (panic, found) {
            (Some(panic), _) => Some(panic),
            (None, Some(report)) => {
                row.worst = row.worst.map(|worst| worst.max(report.worst));
                report.fault.map(|fault| format!("{fault:?}, bound {PRECISION:e}"))
            }
            (None, None) => unreachable!("it came to an end"),
        };
        if let Some(fault) = fault {
            row.fault.get_or_insert(format!("{}: {fault}", case.name));
        }
    }
    rows.extend(operations.into_values());
    rows
}
