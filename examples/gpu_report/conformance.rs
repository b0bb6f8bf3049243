//! Every kernel on the GPU and on the emulator at once.

use crate::{caught, device, kernels};
use gradus::device::twin::{Agreement, twin};
use gradus::device::{Device, Gpu};
use gradus::gradcheck::on_device;
use gradus::ops;
use serde::Serialize;

/// A kernel, and how far both agree.
#[derive(Serialize)]
pub struct Row {
    pub kernel: String,
    /// Whether its text fixes every bit.
    pub exact: bool,
    pub launches: u64,
    pub words: u64,
    pub differing: u64,
    pub worst: f64,
    pub first: Option<String>,
    pub holds: bool,
}

/// A row for every kernel that there is, launched or not.
pub fn rows(gpu: &Gpu) -> Vec<Row> {
    let Device::Gpu(emulator) = Device::emulator() else {
        unreachable!("the emulator is no processor")
    };
    let (both, agreements) = twin(gpu.clone(), emulator);
    let Device::Gpu(pair) = both.clone() else {
        unreachable!("two devices are no processor")
    };
    let mut broken = Vec::new();
    for (name, body) in kernels::ALL {
        if let Some(fault) = caught(|| body(&pair)) {
            broken.push((name.to_string(), fault));
        }
    }
    for case in ops::cases() {
        if let Some(fault) = caught(|| drop(on_device(&case, &device(&pair)))) {
            broken.push((format!("{}, {}", case.operation, case.name), fault));
        }
    }
    let seen = agreements.all();
    let mut rows: Vec<Row> = entries()
        .map(|name| row(name, seen.get(name).cloned().unwrap_or_default()))
        .collect();
    // What could not even be run counts, under its own name.
    rows.extend(broken.into_iter().map(|(name, fault)| Row {
        first: Some(fault),
        ..row(&name, Agreement::default())
    }));
    rows
}

/// The names of all kernels, as their PTX has them.
fn entries() -> impl Iterator<Item = &'static str> {
    let lines = gradus::device::kernels::ALL.iter().flat_map(|source| source.ptx.lines());
    lines.filter_map(|line| line.strip_prefix(".visible .entry ")?.split('(').next())
}

fn row(name: &str, agreement: Agreement) -> Row {
    // A kernel that nobody launched has shown nothing.
    let holds = agreement.launches > 0 && agreement.holds();
    let Agreement { exact, launches, words, differing, worst, first } = agreement;
    Row {
        kernel: name.to_string(),
        exact,
        launches,
        words,
        differing,
        worst,
        first,
        holds,
    }
}
