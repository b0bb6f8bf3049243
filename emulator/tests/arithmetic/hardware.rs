//! Every one-instruction entry of `emulator/hardware` against what an H100 returned.

use crate::bounds::within;
use crate::numpy::Array;
use crate::probe::{self, Outcome};
use ptx_emulator::parse::{Function, parse};
use ptx_emulator::types::{LANES, Lanes};
use serde_json::Value;
use std::path::Path;

/// Entries of other parts of the emulator: packing and carries.
const OTHERS: [&str; 6] =
    ["add_cc", "addc_cc", "mad_cc", "mov_b32_bf16", "mov_b64_pair", "sub_cc"];

/// What came of an entry.
enum Verdict {
    /// Every case to the bit.
    Exact,
    /// Every case within the instruction's bound.
    Approximate,
    /// An opcode in it is not known.
    Unknown,
}

/// The rows of an entry: inputs, and what the device made of them.
struct Recorded<'a> {
    name: &'a str,
    inputs: Vec<&'a [u64]>,
    /// `%d`, and for atomics what `%e`, the cell, then held.
    outputs: Vec<&'a [u64]>,
    /// The bits that were recorded.
    mask: u64,
}

/// Cases for 32 lanes, zeros behind the last one.
fn lanes(row: &[u64], start: usize) -> Lanes {
    std::array::from_fn(|i| row.get(start + i).copied().unwrap_or(0))
}

impl Recorded<'_> {
    /// Runs the entry's PTX on all recorded inputs.
    ///
    /// # Panics
    ///
    /// At the first case that differs.
    fn check(&self, function: &Function) -> Verdict {
        let mut verdict = Verdict::Exact;
        for start in (0..self.inputs[0].len()).step_by(LANES) {
            let inputs =
                self.inputs.iter().map(|row| lanes(row, start)).collect::<Vec<_>>();
            let Some(outcome) = probe::run(function, &inputs) else {
                return Verdict::Unknown;
            };
            if outcome.approximate.is_some() {
                verdict = Verdict::Approximate;
            }
            for i in 0..LANES.min(self.inputs[0].len() - start) {
                let case = inputs.iter().map(|row| row[i]).collect::<Vec<_>>();
                self.compare(&case, &outcome, start, i);
            }
        }
        verdict
    }

    fn compare(&self, case: &[u64], outcome: &Outcome, start: usize, i: usize) {
        for (output, result) in self.outputs.iter().zip(&outcome.results) {
            // ptxas keeps −(−32768) as 32768 between the two instructions of these entries.
            let mask = match self.name {
                "abs_s16" | "neg_s16" => 0xffff,
                _ => self.mask,
            };
            let (ours, device) = (result[i] & mask, output[start + i] & mask);
            let agrees = match outcome.approximate {
                None => ours == device,
                Some((element, bound)) => {
                    within(element, bound, self.name, case, ours, device)
                }
            };
            assert!(agrees, "{} {case:x?}: ours {ours:x}, device {device:x}", self.name);
        }
    }
}

#[test]
fn every_entry_agrees_with_the_device() {
    let hardware = Path::new(env!("CARGO_MANIFEST_DIR")).join("hardware");
    let results = hardware.join("results");
    let text = |path: &Path| std::fs::read_to_string(path).expect("a text");
    let families = serde_json::from_str::<Value>(&text(&results.join("arithmetic.json")));
    let (mut exact, mut approximate, mut others) = (0, 0, vec![]);
    for family in families.expect("JSON").as_array().expect("a list") {
        let name = |key: &str| family[key].as_str().expect("a name");
        let inputs = Array::read(&results.join(name("inputs")));
        let outputs = Array::read(&results.join(name("results")));
        let module = parse(&text(&hardware.join("ptx").join(name("ptx")))).expect("PTX");
        let per_entry = family["outputs"].as_u64().expect("a number") as usize;
        let entries = family["entries"].as_array().expect("a list");
        assert_eq!(entries.len(), module.functions.len());
        assert_eq!(entries.len() * per_entry, outputs.shape[0]);
        for (k, (entry, function)) in entries.iter().zip(&module.functions).enumerate() {
            assert_eq!(entry, &function.name);
            let recorded = Recorded {
                name: &function.name,
                inputs: (0..inputs.shape[0]).map(|row| inputs.row(row)).collect(),
                outputs: (k * per_entry..(k + 1) * per_entry)
                    .map(|row| outputs.row(row))
                    .collect(),
                mask: u64::MAX >> (64 - 8 * outputs.size),
            };
            match recorded.check(function) {
                Verdict::Exact => exact += 1,
                Verdict::Approximate => approximate += 1,
                Verdict::Unknown => others.push(function.name.clone()),
            }
        }
    }
    others.sort();
    println!("{exact} entries agree to the bit, {approximate} within their bounds");
    println!("left to others: {}", others.join(", "));
    assert_eq!(others, OTHERS);
    assert_eq!((exact, approximate), (521, 26));
}
