//! What the lanes of a warp do together gives the bits that a real GPU gave: shuffles, votes,
//! matches, barriers with a reduction, special registers, loads and stores of every width.

mod support;

use ptx_emulator::types::Type;
use ptx_emulator::{Kind, Machine, Program, Settings, Shape};
use serde_json::Value;
use support::numpy::Array;
use support::text;

fn recorded(file: &Value) -> Vec<u32> {
    let folder = format!("{}/hardware/results", env!("CARGO_MANIFEST_DIR"));
    let path = std::path::Path::new(&folder).join(file.as_str().expect("a name"));
    Array::read(&path).bits.iter().map(|bits| *bits as u32).collect()
}

/// One entry of a text as a program of its own: the others may use what is not known yet.
fn alone(path: &str, entry: &str) -> Result<Program, String> {
    let whole = text(path);
    let start =
        whole.find(&format!(".visible .entry {entry}(")).expect("the entry is there");
    let end = start + whole[start..].find("\n}").expect("it ends") + 2;
    let header = &whole[..whole.find(".visible").expect("there is an entry")];
    Program::parse(&format!("{header}{}", &whole[start..end]))
        .map_err(|error| error.to_string())
}

fn sizes(value: &Value) -> [u32; 3] {
    let size = |value: &Value| value.as_u64().expect("a size") as u32;
    match value.as_array() {
        Some(all) => std::array::from_fn(|axis| all.get(axis).map_or(1, size)),
        None => [size(value), 1, 1],
    }
}

/// What a probe leaves, and the kinds of mistakes that are found in it.
fn run(probe: &Value, program: &Program) -> (Vec<u32>, Vec<Kind>) {
    let mut machine = Machine::new(Settings::default());
    let words =
        |values: &[u32]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    let (grid, block) = (sizes(&probe["grid"]), sizes(&probe["block"]));
    let threads: u32 = grid.iter().chain(&block).product();
    let count =
        threads as usize * probe["words_out"].as_u64().expect("a number") as usize;
    let output = machine.unwritten("out", Type::U32, count);
    let mut arguments = Vec::new();
    if probe["inputs"].is_string() {
        arguments.push(
            machine.buffer("in", Type::U32, &words(&recorded(&probe["inputs"]))).into(),
        );
    }
    arguments.push(output.into());
    let kernel = program.kernels.values().next().expect("there is a kernel");
    if kernel.parameters.len() > arguments.len() {
        arguments.insert(0, 0u64.into());
    }
    let report = machine
        .launch(kernel, Shape { grid, block, shared: 0 }, &arguments)
        .expect("a launch");
    let bits = machine.read(output).chunks(4);
    let bits = bits.map(|bytes| u32::from_le_bytes(bytes.try_into().expect("4 bytes")));
    (bits.collect(), report.findings.iter().map(|finding| finding.kind).collect())
}

#[test]
fn warps_agree_with_a_real_gpu_to_the_bit() {
    let probes: Vec<Value> =
        serde_json::from_str(&text("hardware/results/warp.json")).expect("JSON");
    let mut agreed = Vec::new();
    let mut unknown = Vec::new();
    for probe in &probes {
        let name = probe["entry"].as_str().expect("a name");
        let path = format!("hardware/ptx/{}", probe["ptx"].as_str().expect("a name"));
        let program = match alone(&path, name) {
            Ok(program) => program,
            Err(error) => {
                assert!(error.contains("is not known"), "{name}: {error}");
                unknown.push(name);
                continue;
            }
        };
        let (ours, findings) = run(probe, &program);
        let device = recorded(&probe["results"]);
        let first = (0..device.len()).find(|i| ours.get(*i) != Some(&device[*i]));
        assert_eq!(first, None, "{name}: {first:?} of {}", device.len());
        // Lanes that are shuffled from outside the mask are undefined by the ISA.
        let allowed: &[Kind] = if name == "shfl_idx_partial" {
            &[Kind::UndefinedRegister, Kind::WarpMask]
        } else {
            &[]
        };
        assert!(
            findings.iter().all(|kind| allowed.contains(kind)),
            "{name}: {findings:?}"
        );
        agreed.push(name);
    }
    println!("{} probes agree: {agreed:?}; not known: {unknown:?}", agreed.len());
    // Tensor cores and asynchronous copies come with the chapter that needs them.
    let later =
        |name: &&str| ["mma", "ldmatrix", "cp_async"].iter().any(|s| name.starts_with(s));
    assert!(unknown.iter().all(later), "{unknown:?}");
    assert_eq!((agreed.len(), unknown.len()), (11, 19));
}
