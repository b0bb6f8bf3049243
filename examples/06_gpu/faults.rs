//! Ten mistakes: what the emulator says of each, and whether the numbers would have told.

use super::lab::{FAULTS, Lab};
use gradus::report::Run;
use ptx_emulator::types::Type;
use ptx_emulator::{Finding, Shape};

/// What a kernel should compute.
type Right = fn(&[f32]) -> Vec<f32>;

/// A kernel with a mistake, and what it would compute without it.
pub struct Fault {
    pub kernel: &'static str,
    words: &'static str,
    shape: Shape,
    n: usize,
    right: Right,
    /// What lies in `out` before: nothing, or zeros.
    zeros: bool,
}

fn plus_one(x: &[f32]) -> Vec<f32> {
    x.iter().map(|x| x + 1.0).collect()
}

fn sum(x: &[f32]) -> Vec<f32> {
    vec![x.iter().sum()]
}

fn two_sums(x: &[f32]) -> Vec<f32> {
    vec![x.iter().sum(), x[64..].iter().sum()]
}

fn turned(x: &[f32]) -> Vec<f32> {
    x.chunks(128).flat_map(|tile| tile.iter().rev().copied()).collect()
}

fn shifted(x: &[f32]) -> Vec<f32> {
    x[1..].to_vec()
}

/// All of them, in the order of `faults.cu`.
pub fn all() -> Vec<Fault> {
    let fault = |kernel, words, (blocks, threads), n, right: Right, zeros| {
        let shape = Shape::row(blocks, threads);
        Fault { kernel, words, shape, n, right, zeros }
    };
    vec![
        fault("no_bound", "no check of the bound", (1, 128), 100, plus_one, false),
        fault("no_barrier", "no barrier before others read", (1, 128), 128, sum, false),
        fault(
            "one_barrier",
            "no barrier before the next write",
            (1, 128),
            256,
            turned,
            false,
        ),
        fault("barrier_inside", "a barrier inside an if", (1, 128), 128, sum, false),
        fault("no_atomic", "a sum by all, without atomics", (2, 64), 128, sum, true),
        fault("no_zero", "a sum that begins with nothing", (2, 64), 128, sum, false),
        fault("half_filled", "a tile that is not filled", (1, 128), 100, sum, false),
        fault("shuffle_inside", "a shuffle inside an if", (1, 32), 20, sum, false),
        fault(
            "other_block",
            "a barrier taken for one of the grid",
            (2, 64),
            128,
            two_sums,
            false,
        ),
        fault("crooked", "four at once from an odd place", (1, 8), 33, shifted, false),
    ]
}

/// What the emulator finds, and what `out` holds.
pub fn run_one(fault: &Fault, pessimistic: Option<u64>) -> (Vec<Finding>, bool) {
    let mut lab = Lab::new(FAULTS, pessimistic);
    let numbers: Vec<f32> = (0..fault.n).map(|i| (i % 7) as f32).collect();
    let right = (fault.right)(&numbers);
    let from = lab.floats("in", &numbers);
    let to = match fault.zeros {
        true => lab.floats("out", &vec![0.0; right.len()]),
        false => lab.room("out", Type::F32, right.len()),
    };
    let arguments = [from.into(), to.into(), (fault.n as u32).into()];
    let report = lab.report(fault.kernel, fault.shape, &arguments);
    (report.findings, lab.numbers(to) == right)
}

pub fn find(run: &mut Run) {
    let seeds = run.seeds().to_vec();
    let mut rows = Vec::new();
    for fault in all() {
        let (findings, _) = run_one(&fault, None);
        let mut names: Vec<&str> =
            findings.iter().map(|found| found.kind.name()).collect();
        names.dedup();
        let told =
            seeds.iter().filter(|seed| !run_one(&fault, Some(**seed)).0.is_empty());
        let found = told.count();
        let right = seeds.iter().filter(|seed| run_one(&fault, Some(**seed)).1).count();
        run.number(&format!("faults.{}.right", fault.kernel), right as f64, 0);
        rows.push(vec![
            fault.words.to_string(),
            names.join(", "),
            format!("{found} of {}", seeds.len()),
            format!("{right} of {}", seeds.len()),
        ]);
    }
    run.table(
        "faults",
        "Ten mistakes, each run with every seed",
        &["mistake", "what the emulator says", "found", "numbers right"],
        &rows,
    );
}
