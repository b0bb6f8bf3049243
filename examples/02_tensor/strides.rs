//! Every element, every second, every fourth: what a step in memory costs.

use crate::clock::{memory, per, take_turns};
use gradus::report::{Figure, Run, median};
use std::hint::black_box;

// ANCHOR: sum_every
/// The sum of every `step`-th value. Eight sums run side by side, so that no addition has
/// to wait for the one before it.
fn sum_every(values: &[f32], step: usize) -> f32 {
    let mut sums = [0.0; 8];
    for chunk in values.chunks_exact(8 * step) {
        for (k, sum) in sums.iter_mut().enumerate() {
            *sum += chunk[k * step];
        }
    }
    sums.iter().sum()
}
// ANCHOR_END: sum_every

const STEPS: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];

pub fn compare(run: &mut Run, quick: bool, rounds: usize) {
    let large = if quick { 1 << 20 } else { 1 << 24 };
    let mut columns = Vec::new();
    let mut figure = Figure::new("Every step-th element of a block of memory")
        .x_log("step")
        .y_log("ns per element read");
    for (name, size) in [("small", 1 << 12), ("large", large)] {
        let values: Vec<f32> = (0..size).map(|k| (k % 7) as f32).collect();
        let measure = |step: usize| {
            let [times] = take_turns(
                rounds,
                [&mut || _ = black_box(sum_every(black_box(&values), step))],
            );
            per(&times, size / step)
        };
        let times = STEPS.map(measure);
        let points: Vec<_> = STEPS
            .iter()
            .zip(&times)
            .map(|(step, times)| (*step as f64, median(times) * 1e9))
            .collect();
        figure = figure.line(&memory(4 * size), &points);
        let texts = STEPS.iter().zip(&times).map(|(step, times)| {
            run.timings(&format!("strides.{name}.{step}"), times, 1e-9, 2)
        });
        columns.push(texts.collect::<Vec<_>>());
    }
    let rows: Vec<Vec<String>> = (0..STEPS.len())
        .map(|k| vec![STEPS[k].to_string(), columns[0][k].clone(), columns[1][k].clone()])
        .collect();
    let heads =
        ["step".to_string(), "16 KiB, ns".into(), format!("{}, ns", memory(4 * large))];
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let caption = "Adding up every step-th element of a block: time for each element that is \
                   read, median over the rounds, and the least and the most";
    run.table("strides", caption, &heads, &rows);
    run.figure("strides", figure);
}
