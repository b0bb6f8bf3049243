//! One sum, its order decided in four ways: what it takes, and how many different results it has
//! when the emulator draws at random whatever order the machine leaves open.

use crate::lab::{Lab, SUMS};
use gradus::device::kernels;
use gradus::random::{generator, uniform};
use gradus::report::{Run, scientific};
use ptx_emulator::types::Type;
use ptx_emulator::{Counts, Shape};
use std::collections::BTreeSet;

const COUNT: usize = 16384;

/// A way to add everything up: the sum, and what was counted.
type Way = fn(&[f32], Option<u64>) -> (f32, Counts);

fn one_thread(numbers: &[f32], seed: Option<u64>) -> (f32, Counts) {
    simple("sum_one_thread", Shape::row(1, 1), numbers, seed)
}

fn atomics(numbers: &[f32], seed: Option<u64>) -> (f32, Counts) {
    simple("sum_atomic", Shape::row(8, 256), numbers, seed)
}

fn one_for_a_block(numbers: &[f32], seed: Option<u64>) -> (f32, Counts) {
    simple("sum_block_atomic", Shape::row(8, 256), numbers, seed)
}

fn simple(
    kernel: &str,
    shape: Shape,
    numbers: &[f32],
    seed: Option<u64>,
) -> (f32, Counts) {
    let mut lab = Lab::new(SUMS, seed);
    let (from, to) = (lab.floats("in", numbers), lab.floats("out", &[0.0]));
    let arguments = [from.into(), to.into(), (numbers.len() as u64).into()];
    let counts = lab.counts(kernel, shape, &arguments);
    (lab.numbers(to)[0], counts)
}

/// The library's: a block for each part of 4,096, then one block for the sums of the parts.
fn parts(numbers: &[f32], seed: Option<u64>) -> (f32, Counts) {
    let mut lab = Lab::new(&kernels::REDUCE.ptx, seed);
    let parts = numbers.len().div_ceil(4096);
    let from = lab.floats("in", numbers);
    let [partial, sum] = [("partial", parts), ("sum", 1)]
        .map(|(name, count)| lab.room(name, Type::F32, count));
    let arguments = [from.into(), partial.into(), (numbers.len() as u64).into()];
    let mut counts = lab.counts("sum_parts", Shape::row(parts as u32, 256), &arguments);
    let (rows, columns) = (1u64, parts as u64);
    let arguments =
        [partial.into(), sum.into(), rows.into(), columns.into(), 1f32.into()];
    counts += lab.counts("sum_rows", Shape::row(1, 32), &arguments);
    (lab.numbers(sum)[0], counts)
}

pub fn measure(run: &mut Run) {
    let mut random = generator(0);
    let numbers: Vec<f32> = (0..COUNT).map(|_| uniform(&mut random) as f32).collect();
    let truth: f64 = numbers.iter().copied().map(f64::from).sum();
    // With how many warps each of them works.
    let ways: [(&str, &str, u64, Way); 4] = [
        ("one", "one thread", 1, one_thread),
        ("atomic", "an atomic for each number", 64, atomics),
        ("block", "an atomic for each block", 64, one_for_a_block),
        ("parts", "parts, then their sums", 33, parts),
    ];
    let mut rows = Vec::new();
    for (key, words, warps, way) in ways {
        let (_, counts) = way(&numbers, None);
        let sums: Vec<f32> =
            run.seeds().iter().map(|seed| way(&numbers, Some(*seed)).0).collect();
        let distinct: BTreeSet<u32> = sums.iter().map(|sum| sum.to_bits()).collect();
        let error = |sum: &f32| (f64::from(*sum) - truth).abs() / truth;
        let worst = sums.iter().map(error).fold(0.0, f64::max);
        run.number(&format!("sums.{key}.distinct"), distinct.len() as f64, 0);
        run.number(&format!("sums.{key}.instructions"), counts.instructions as f64, 0);
        rows.push(vec![
            words.to_string(),
            warps.to_string(),
            counts.instructions.to_string(),
            counts.atomics.to_string(),
            distinct.len().to_string(),
            scientific(worst),
        ]);
    }
    run.number("sums.seeds", run.seeds().len() as f64, 0);
    run.table(
        "sums",
        "16,384 numbers between 0 and 1, added up in f32",
        &[
            "who adds",
            "warps",
            "instructions",
            "atomics",
            "different results",
            "largest error",
        ],
        &rows,
    );
}
