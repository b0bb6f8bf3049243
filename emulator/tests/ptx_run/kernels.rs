//! The kernels in `hardware/ptx` on the inputs that a real GPU got, against what it returned.

use crate::tool::{Folder, as_floats, floats, npy, parts, run};
use serde_json::Value;
use std::path::Path;

/// The numbers of an argument in `hardware/results/kernels.json`, by the formulas at the head
/// of `hardware/kernels.py`: the type, and the bytes.
fn array(argument: &Value) -> (&'static str, Vec<u8>) {
    let number = |key: &str| argument[key].as_u64();
    let n = number("n").expect("an array has a length");
    let hash = |i: u64| {
        let seed = number("seed").unwrap_or(9);
        (i + 1_000_003 * seed).wrapping_mul(2_654_435_761) as u32 as u64 >> 8
    };
    match argument["kind"].as_str() {
        Some("index") => {
            let size = number("size").expect("an index has a size");
            let indices = (0..n).map(|i| (hash(i) % (size + 1)) as i32);
            ("<i4", indices.flat_map(i32::to_le_bytes).collect())
        }
        kind => {
            let value = |i| match kind {
                Some("uniform") => (hash(i) as f64 / 16_777_216.0 - 0.5) as f32,
                Some("whole") => (hash(i) % 17) as f32 - 8.0,
                Some("zeros") => 0.0,
                _ => panic!("unknown numbers: {argument}"),
            };
            ("<f4", floats(&(0..n).map(value).collect::<Vec<_>>()))
        }
    }
}

/// `8` or `[8, 4]` as the program takes it.
fn sizes(value: &Value) -> String {
    value.to_string().replace(['[', ']'], "")
}

/// Runs a recorded launch and returns the bytes of its output.
fn launch(record: &Value, target: &str, more: &[&str]) -> Vec<u8> {
    let folder = Folder::new();
    let output = record["output"].as_u64().expect("an output") as usize;
    let mut given = vec![
        format!("hardware/ptx/{}.{target}.ptx", text(&record["source"])),
        format!("--entry={}", text(&record["entry"])),
        format!("--grid={}", sizes(&record["grid"])),
        format!("--block={}", sizes(&record["block"])),
        format!("--save={output}={}", folder.text("saved.npy")),
    ];
    let mut length = 0;
    for (at, argument) in
        record["arguments"].as_array().expect("arguments").iter().enumerate()
    {
        let kind = text(&argument["kind"]);
        // An atomic adds to what is there; the other kernels write to every element.
        let adds = record["source"] == "scatter_add";
        given.push(if kind == "u32" || kind == "f32" {
            format!("{kind}:{}", argument["value"])
        } else if at == output && !adds {
            format!("out:f32:{}", argument["n"])
        } else {
            let (descr, bytes) = array(argument);
            let shape = format!("({},)", argument["n"]);
            let file = folder.file(&format!("{at}.npy"), npy(descr, &shape, &bytes));
            let direction = if at == output { "inout" } else { "in" };
            let element = if descr == "<i4" { "i32" } else { "f32" };
            format!("{direction}:{element}:@{file}")
        });
        if at == output {
            length = argument["n"].as_u64().expect("a length");
        }
    }
    let mut all: Vec<&str> = given.iter().map(String::as_str).collect();
    all.extend(more);
    let ran = run(&all);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{all:?}: {}", ran.out);
    assert!(ran.out.starts_with("clean: "), "{}", ran.out);
    let (header, bytes) = parts(&folder.path("saved.npy"));
    let want =
        format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({length},), }}");
    assert_eq!(header, want);
    bytes
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// The recorded launches of these sources whose results are kept, and those results.
fn records(sources: &[&str]) -> Vec<(Value, Vec<u8>)> {
    let results = Path::new(env!("CARGO_MANIFEST_DIR")).join("hardware/results");
    let file =
        std::fs::read_to_string(results.join("kernels.json")).expect("it is there");
    let all: Vec<Value> = serde_json::from_str(&file).expect("it is JSON");
    let mut kept = Vec::new();
    for record in all {
        if let Some(file) = record["file"].as_str()
            && sources.contains(&text(&record["source"]))
        {
            let bytes = parts(&results.join(file)).1;
            kept.push((record, bytes));
        }
    }
    assert!(kept.len() >= 2 * sources.len(), "{} records of {sources:?}", kept.len());
    kept
}

#[test]
fn exact_kernels_return_what_a_gpu_returned() {
    let sources = ["copy", "row_sum", "warp_sum", "scatter_add", "matmul"];
    for (record, recorded) in records(&sources) {
        for target in ["compute_75", "compute_80"] {
            let bytes = launch(&record, target, &[]);
            assert!(bytes == recorded, "{record} for {target} differs");
        }
    }
}

#[test]
fn a_seed_changes_no_exact_result() {
    for (record, recorded) in records(&["copy", "scatter_add", "matmul"]) {
        for seed in ["1", "18446744073709551615"] {
            let bytes = launch(&record, "compute_75", &["--pessimistic", seed]);
            assert!(bytes == recorded, "{record} with seed {seed} differs");
        }
    }
}

#[test]
fn softmax_is_as_near_as_its_approximations_allow() {
    for (record, recorded) in records(&["softmax"]) {
        let rows = as_floats(&launch(&record, "compute_75", &[]));
        // ex2 is within 2 ulp, a division within half of one, and hundreds of terms are summed.
        for (ours, gpu) in rows.iter().zip(as_floats(&recorded)) {
            assert!((ours - gpu).abs() <= 1e-6 * gpu, "{record}: {ours} against {gpu}");
        }
    }
}
