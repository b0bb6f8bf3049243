//! Every instruction without side effects against the bits of an H100.

#[path = "../support/numpy.rs"]
mod numpy;
mod probe;

use numpy::Array;
use ptx_emulator::arithmetic::Bound;
use ptx_emulator::parse::parse;
use ptx_emulator::types::{LANES, Lanes, Type};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn hardware() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("hardware")
}

#[test]
fn hardware_agrees() {
    let results = hardware().join("results");
    let text = std::fs::read_to_string(results.join("arithmetic.json")).unwrap();
    let families: Value = serde_json::from_str(&text).unwrap();
    let (mut exact, mut approximate, mut left, mut wrong) = (0, 0, vec![], vec![]);
    for family in families.as_array().unwrap() {
        let file = |key: &str| family[key].as_str().unwrap();
        let inputs = Array::read(&results.join(file("inputs")));
        let outputs = Array::read(&results.join(file("results")));
        let ptx = hardware().join("ptx").join(file("ptx"));
        let module = parse(&std::fs::read_to_string(ptx).unwrap()).unwrap();
        let per_entry = family["outputs"].as_u64().unwrap() as usize;
        for (row, entry) in family["entries"].as_array().unwrap().iter().enumerate() {
            let entry = entry.as_str().unwrap();
            let function =
                module.functions.iter().find(|function| function.name == entry).unwrap();
            let cases = inputs.shape[1];
            let mut bad = vec![];
            let mut approx = false;
            let mut unknown = None;
            for start in (0..cases).step_by(LANES) {
                let lanes = |row: &[u64]| -> Lanes {
                    std::array::from_fn(|i| row.get(start + i).copied().unwrap_or(0))
                };
                let rows = inputs.shape[0];
                let operands =
                    (0..rows).map(|r| lanes(inputs.row(r))).collect::<Vec<_>>();
                let outcome = match probe::run(function, &operands) {
                    Ok(outcome) => outcome,
                    Err(opcode) => {
                        unknown = Some(opcode);
                        break;
                    }
                };
                approx |= outcome.approximate.is_some();
                for which in 0..per_entry {
                    let device = lanes(outputs.row(row * per_entry + which));
                    for i in 0..LANES.min(cases - start) {
                        let mask = u64::MAX >> (64 - 8 * outputs.size);
                        let ours = outcome.results[which][i] & mask;
                        if ours != device[i] {
                            bad.push((
                                operands
                                    .iter()
                                    .map(|o| format!("{:x}", o[i]))
                                    .collect::<Vec<_>>(),
                                format!("{ours:x}"),
                                format!("{:x}", device[i]),
                            ));
                        }
                    }
                }
            }
            if let Some(o) = unknown {
                left.push(format!("{entry} ({o})"));
                continue;
            }
            if approx {
                approximate += 1;
                if !bad.is_empty() {
                    println!(
                        "APPROX {entry} {} {:?}",
                        bad.len(),
                        &bad[..bad.len().min(2)]
                    );
                }
                continue;
            }
            if bad.is_empty() {
                exact += 1
            } else {
                wrong.push(format!(
                    "{} {entry} {} {:?}",
                    family["family"],
                    bad.len(),
                    &bad[..bad.len().min(4)]
                ))
            }
        }
    }
    println!(
        "exact {exact} approx {approximate} wrong {} left {}",
        wrong.len(),
        left.len()
    );
    for w in &wrong {
        println!("WRONG {w}");
    }
    for w in &left {
        println!("LEFT {w}");
    }
    assert!(wrong.is_empty());
}
