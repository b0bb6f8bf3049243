//! What a batch costs: samples per second against the size, the numbers that must be kept,
//! and whether powers of two are faster.

use crate::arm::{loss, model};
use crate::digits::{Digits, Set};
use gradus::neural_network::{Mlp, parameters};
use gradus::report::{Figure, Run, median};
use gradus::training::*;
use std::time::Instant;

/// Trains on batches of `size` rows for about `budget` rows, and returns the seconds for a
/// sample.
fn seconds(model: &Mlp<f32>, optimizer: &mut Sgd<f32>, set: &Set, budget: usize) -> f64 {
    let updates = budget.div_ceil(set.len());
    let start = Instant::now();
    for _ in 0..updates {
        let loss = loss(model, set);
        let gradients = gradients_of(optimizer.groups(), &loss.backward());
        optimizer.step(&gradients, 0.01);
    }
    start.elapsed().as_secs_f64() / (updates * set.len()) as f64
}

/// Seconds for a sample: for each size one number for each round. The sizes take turns,
/// in another order every round, so that a slow moment of the machine meets them all.
fn rounds(
    sizes: &[usize],
    digits: &Digits,
    rounds: usize,
    budget: usize,
) -> Vec<Vec<f64>> {
    let mut times = vec![Vec::new(); sizes.len()];
    let model = model(0);
    let config = SgdConfig { momentum: 0.9, ..SgdConfig::default() };
    let mut optimizer = Sgd::new(Group::by_rank(parameters(&model)), config);
    let sets: Vec<Set> = sizes.iter().map(|size| digits.train.first(*size)).collect();
    let order = Batches::new(sizes.len(), sizes.len(), 0, false);
    for round in 0..rounds + 1 {
        for place in order.epoch(round as u64).concat() {
            let time = seconds(&model, &mut optimizer, &sets[place], budget);
            // The first round warms the machine up.
            if round > 0 {
                times[place].push(time);
            }
        }
    }
    times
}

/// What is left without the quarter at each end: other programs take their share of the
/// machine now and then.
pub fn middle_half(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 4..sorted.len() - sorted.len() / 4].to_vec()
}

pub fn throughput(run: &mut Run, digits: &Digits, count: usize) {
    let sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
    let times = rounds(&sizes, digits, count, 4096);
    let mut points = Vec::new();
    for (size, times) in sizes.iter().zip(&times) {
        run.timings(&format!("machine.{size}"), &middle_half(times), 1e-6, 2);
        points.push((*size as f64, 1.0 / median(times)));
    }
    for (key, place) in [("machine.gain", sizes.len() - 1), ("machine.gain.64", 6)] {
        let gain = |(one, many): (&f64, &f64)| one / many;
        let gains: Vec<f64> = times[0].iter().zip(&times[place]).map(gain).collect();
        run.timings(key, &middle_half(&gains), 1.0, 0);
    }
    let figure = Figure::new("Larger batches use the machine better, up to a point")
        .x_log("batch size")
        .y_log("samples per second")
        .line("this chapter's model", &points);
    run.figure("machine", figure);
    memory(run);
}

/// What must be kept, in numbers of four bytes: for every weight itself, its gradient and
/// two moments; for every sample what backward needs.
fn memory(run: &mut Run) {
    let weights: usize = parameters(&model(0)).iter().map(|own| own.size()).sum();
    // Input, hidden before and after the activation, logits, their log-softmax.
    let sample = 64 + 32 + 32 + 10 + 10;
    run.number("memory.weights", weights as f64, 0);
    run.number("memory.sample", sample as f64, 0);
    run.number("memory.equal", (4 * weights) as f64 / sample as f64, 0);
    for batch in [1, 1024] {
        let all = 4.0 * (4 * weights + batch * sample) as f64;
        run.number(&format!("memory.{batch}"), all / 1000.0, 0);
    }
}

/// Each power of two against the mean of its two neighbours, round by round; and, beside
/// them, two multiples of 16 that are no powers.
pub fn powers(run: &mut Run, digits: &Digits, count: usize) {
    const MIDDLES: [usize; 6] = [32, 48, 64, 96, 128, 256];
    let sizes: Vec<usize> = MIDDLES.iter().flat_map(|n| [n - 1, *n, n + 1]).collect();
    let times = rounds(&sizes, digits, count, 8192);
    let of = |size: usize| {
        &times[sizes.iter().position(|own| *own == size).expect("it is one of them")]
    };
    let mut rows = Vec::new();
    for n in MIDDLES {
        let (below, own, above) = (of(n - 1), of(n), of(n + 1));
        let gain = |k: usize| 100.0 * (1.0 - own[k] / ((below[k] + above[k]) / 2.0));
        let gains: Vec<f64> = (0..count).map(gain).collect();
        let cell = |times: &[f64]| format!("{:.2}", 1e6 * median(times));
        let text = run.timings(&format!("powers.{n}"), &middle_half(&gains), 1.0, 1);
        rows.push(vec![n.to_string(), cell(below), cell(own), cell(above), text]);
    }
    let columns = [
        "n",
        "microseconds, n − 1",
        "microseconds, n",
        "microseconds, n + 1",
        "% of the microseconds saved",
    ];
    let caption = "A batch size n between its neighbours: the time for a sample (median), and \
                   what n saves against their mean (computed turn by turn: the median of the \
                   savings, and their middle half)";
    run.table("powers", caption, &columns, &rows);
}
