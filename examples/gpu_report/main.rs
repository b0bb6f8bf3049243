//! `cargo gradus gpu-report`: what a GPU makes of every kernel. One binary that needs nothing
//! but a driver: build it here, carry it there.
//!
//! 1. *Conformance.* Every kernel runs on the GPU and on the emulator, and what both leave in
//!    memory is compared: to the bit where the kernel's text fixes every bit.
//! 2. *Suite.* The tests of the kernels and every operation, forward and backward, on the GPU
//!    alone, against the processor.
//! 3. *Speed.* Products beside cuBLAS, kernels that only move memory beside a copy, a training
//!    step beside PyTorch, where these are there.
//!
//! The report is `report.md` and `report.json`. The exit code is 1 if anything disagrees, and 2
//! if there is no GPU. With `--rehearse` an emulator that is as contrary as it can be takes the
//! GPU's place, so that the report itself is tried without one.

mod conformance;
mod cublas;
#[path = "../../tests/kernels/suite/mod.rs"]
mod kernels;
mod markdown;
mod speed;
mod suite;
mod torch;

use clap::Parser;
use gradus::device::{Device, Gpu, Settings};
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Holds a GPU against the emulator and the processor, and measures it
#[derive(Parser)]
struct Arguments {
    /// The GPU's number
    #[arg(long, default_value_t = 0)]
    gpu: usize,
    /// Without a GPU: an emulator at its most contrary in its place, and small sizes
    #[arg(long)]
    rehearse: bool,
    /// The folder for report.md and report.json
    #[arg(long, default_value = "target/gpu-report")]
    out: PathBuf,
    /// The Python that has PyTorch
    #[arg(long, default_value = "python3")]
    python: String,
}

/// All that was found.
#[derive(Serialize)]
struct Report {
    device: String,
    facts: Vec<(String, String)>,
    rehearsal: bool,
    conformance: Vec<conformance::Row>,
    suite: Vec<suite::Row>,
    speed: Vec<speed::Row>,
    /// What could not be done, and why.
    notes: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let device = match arguments.rehearse {
        true => Ok(contrary()),
        false => Device::cuda(arguments.gpu),
    };
    let gpu = match device {
        Ok(Device::Gpu(gpu)) => gpu,
        Ok(Device::Cpu) => unreachable!("neither is the processor"),
        Err(error) => {
            eprintln!("{error}");
            eprintln!("To try the report itself without a GPU, add --rehearse.");
            return ExitCode::from(2);
        }
    };
    let mut notes = Vec::new();
    eprintln!("conformance: every kernel on {} and on the emulator", gpu.name());
    let conformance = conformance::rows(&gpu);
    eprintln!("suite: every test of the kernels, every operation");
    let suite = suite::rows(&gpu);
    eprintln!("speed");
    let speed = speed::rows(&gpu, arguments.rehearse, &arguments.python, &mut notes);
    let report = Report {
        device: gpu.name(),
        facts: facts(),
        rehearsal: arguments.rehearse,
        conformance,
        suite,
        speed,
        notes,
    };
    let json = serde_json::to_string_pretty(&report).expect("a report is JSON");
    let text = markdown::text(&report);
    print!("{text}");
    for (name, text) in [("report.md", text), ("report.json", json + "\n")] {
        let path = arguments.out.join(name);
        let written = std::fs::create_dir_all(&arguments.out)
            .and_then(|()| std::fs::write(&path, text));
        if let Err(error) = written {
            eprintln!("cannot write {}: {error}", path.display());
            return ExitCode::from(2);
        }
    }
    let wrong = report.conformance.iter().any(|row| !row.holds)
        || report.suite.iter().any(|row| row.fault.is_some());
    ExitCode::from(u8::from(wrong))
}

/// The emulator with approximate results moved and orders shuffled.
fn contrary() -> Device {
    Device::emulator_with(Settings { pessimistic: Some(7), ..Settings::default() })
}

/// What `nvidia-smi` knows of the GPU, and where this runs.
fn facts() -> Vec<(String, String)> {
    let query = "name,driver_version,compute_cap,memory.total,clocks.max.sm";
    let output = std::process::Command::new("nvidia-smi")
        .args([&format!("--query-gpu={query}"), "--format=csv,noheader"])
        .output();
    let found = match output {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).trim().to_string()
        }
        _ => "nvidia-smi says nothing".to_string(),
    };
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    vec![(query.to_string(), found), ("system".to_string(), system)]
}

/// What a body's panic said, if it panicked.
fn caught(body: impl FnOnce()) -> Option<String> {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)).err()?;
    let words = panic.downcast_ref::<String>().cloned();
    words
        .or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
        .or_else(|| Some("it panicked without words".to_string()))
}

/// The device as such.
fn device(gpu: &Gpu) -> Device {
    Device::Gpu(gpu.clone())
}
