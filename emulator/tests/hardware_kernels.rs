//! The kernels in `hardware/cu`, compiled for two targets, give the bits that a real GPU gave,
//! where every bit is decided, and come close where the ISA leaves some open; and no check
//! raises an alarm. (`hardware/kernels.py` says what the inputs are.)

mod support;

use ptx_emulator::types::Type;
use ptx_emulator::{Argument, Buffer, Machine, Settings, Shape};
use serde_json::Value;
use sha2::{Digest, Sha256};
use support::numpy::Array;
use support::{bytes, program, text, values};

/// hash(i, seed) of `kernels.py`, without its low eight bits.
fn hashed(n: u64, seed: u64) -> impl Iterator<Item = u64> {
    (0..n).map(move |i| {
        ((i + 1_000_003 * seed).wrapping_mul(2_654_435_761) & 0xffff_ffff) >> 8
    })
}

/// The argument that an entry of the table stands for, and its buffer.
fn argument(
    machine: &mut Machine,
    name: &str,
    entry: &Value,
) -> (Argument, Option<Buffer>) {
    let number = |key: &str| entry[key].as_u64().expect("a whole number");
    let kind = entry["kind"].as_str().expect("a kind");
    let (element, contents) = match kind {
        "u32" => return ((number("value") as u32).into(), None),
        "f32" => {
            return ((entry["value"].as_f64().expect("a number") as f32).into(), None);
        }
        "zeros" => (Type::F32, vec![0; 4 * number("n") as usize]),
        "uniform" => {
            let uniform = |bits: u64| (bits as f64 / 2f64.powi(24) - 0.5) as f32;
            let values: Vec<f32> =
                hashed(number("n"), number("seed")).map(uniform).collect();
            (Type::F32, bytes(&values))
        }
        "whole" => {
            let whole = |bits: u64| (bits % 17) as f32 - 8.0;
            let values: Vec<f32> =
                hashed(number("n"), number("seed")).map(whole).collect();
            (Type::F32, bytes(&values))
        }
        "index" => {
            let indices =
                hashed(number("n"), 9).map(|bits| (bits % (number("size") + 1)) as i32);
            (Type::S32, indices.flat_map(i32::to_le_bytes).collect())
        }
        kind => panic!("{kind} is not known"),
    };
    let buffer = machine.buffer(name, element, &contents);
    (buffer.into(), Some(buffer))
}

/// `3` or `[3, 2]`.
fn sizes(value: &Value) -> [u32; 3] {
    let mut sizes = [1; 3];
    match value.as_array() {
        Some(all) => {
            for (size, value) in sizes.iter_mut().zip(all) {
                *size = value.as_u64().expect("a size") as u32;
            }
        }
        None => sizes[0] = value.as_u64().expect("a size") as u32,
    }
    sizes
}

/// Launches one entry and returns what it left.
fn run(entry: &Value, target: &str, settings: Settings) -> (Vec<u8>, Vec<f32>) {
    let word = |key: &str| entry[key].as_str().expect("a name").to_string();
    let program = program(&format!("hardware/ptx/{}.{target}.ptx", word("source")));
    let mut machine = Machine::new(settings);
    let arguments = entry["arguments"].as_array().expect("arguments").iter().enumerate();
    let (arguments, buffers): (Vec<_>, Vec<_>) = arguments
        .map(|(number, entry)| {
            argument(&mut machine, &format!("argument {number}"), entry)
        })
        .unzip();
    let shape =
        Shape { grid: sizes(&entry["grid"]), block: sizes(&entry["block"]), shared: 0 };
    let kernel = &program.kernels[&word("entry")];
    let report = machine.launch(kernel, shape, &arguments).expect("it can be launched");
    let found: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{entry}: {}", found.join("\n"));
    let output = entry["output"].as_u64().expect("an output") as usize;
    let output = buffers[output].expect("the output is a buffer");
    (machine.read(output).to_vec(), values(&machine, output))
}

fn entries() -> Vec<Value> {
    serde_json::from_str(&text("hardware/results/kernels.json")).expect("JSON")
}

#[test]
fn exact_kernels_agree_with_a_real_gpu_to_the_bit() {
    let mut agreed = 0;
    for entry in entries().iter().filter(|entry| entry["exact"] == true) {
        for target in ["compute_75", "compute_80"] {
            let (bytes, _) = run(entry, target, Settings::default());
            let digest: String =
                Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(entry["sha256"][target], digest.as_str(), "{entry}");
            agreed += 1;
        }
    }
    assert_eq!(agreed, 2 * 23);
}

/// The numbers of a NumPy file of 32-bit floats.
fn recorded(file: &str) -> Vec<f32> {
    let path = format!("{}/hardware/results/{file}", env!("CARGO_MANIFEST_DIR"));
    let array = Array::read(std::path::Path::new(&path));
    array.bits.iter().map(|bits| f32::from_bits(*bits as u32)).collect()
}

#[test]
fn approximate_kernels_come_close_pessimistic_ones_too() {
    let mut close = 0;
    for entry in entries().iter().filter(|entry| entry["exact"] == false) {
        let device = recorded(entry["file"].as_str().expect("a file"));
        for pessimistic in [None, Some(1), Some(2)] {
            let settings = Settings { pessimistic, ..Settings::default() };
            let (_, ours) = run(entry, "compute_75", settings);
            for (ours, device) in ours.iter().zip(&device) {
                // Softmax and layer norm: a handful of roundings, each of half a unit.
                let bound = 1e-6 * device.abs().max(1.0);
                assert!((ours - device).abs() <= bound, "{ours} and {device} in {entry}");
            }
            assert_eq!(ours.len(), device.len());
            close += 1;
        }
    }
    assert_eq!(close, 3 * 10);
}
