//! The same model with batches from 1 to 1,024: loss against samples, updates and seconds,
//! at one rate, at scaled rates and at rates of their own.

use crate::arm::{Arm, evaluate, model, train};
use crate::digits::Digits;
use crate::rate::plain;
use crate::tune::{Tuned, both, rates, tuned};
use gradus::report::{Figure, Run, mean_and_spread};
use std::time::Instant;

const SIZES: [usize; 6] = [1, 4, 16, 64, 256, 1024];
/// The batch whose rate is scaled for the others.
const BASE: usize = 16;
/// Trained is a run whose validation loss is below this.
const TARGET: f64 = 0.25;

/// Where a run stood: epochs, validation loss, seconds of training so far.
type Point = (f64, f64, f64);

/// Looks at an arm eight times an epoch (after every update, where there are fewer), until
/// the target or the end.
fn curve(arm: &Arm, digits: &Digits, seed: u64, until: f64) -> Vec<Point> {
    let per_epoch = 1024 / arm.batch;
    let (mut points, mut start, mut spent) = (Vec::new(), Instant::now(), 0.0);
    train(arm, &digits.train, seed, |update, _, model| {
        if !update.is_multiple_of(per_epoch.div_ceil(8)) {
            return true;
        }
        spent += start.elapsed().as_secs_f64();
        let (loss, _) = evaluate(model, &digits.validation);
        points.push((update as f64 / per_epoch as f64, loss, spent));
        start = Instant::now(); // evaluations do not count
        loss > until
    });
    points
}

/// The point at which the target was reached; `None` if it was not.
fn arrival(curve: &[Point]) -> Option<Point> {
    curve.iter().copied().find(|(_, loss, _)| *loss <= TARGET)
}

pub fn compare(
    run: &mut Run,
    splits: &[(u64, Digits)],
    budget: usize,
    cap: usize,
) -> Vec<Tuned> {
    // Each size at rates of its own: as many for each, in the same ratio.
    let grids =
        SIZES.map(|size| rates(0.5 * (size as f64 / 1024.0).sqrt() / 4.0, 2.0, 7));
    let arms = SIZES.iter().zip(&grids);
    let own: Vec<Tuned> = arms
        .map(|(size, grid)| tuned(Arm::epochs(*size, budget, 1024), grid, splits))
        .collect();
    let base =
        own[SIZES.iter().position(|size| *size == BASE).expect("it is one")].arm.rate;
    // The rate goes with this power of the batch size.
    let rules = [("same", 0.0), ("root", 0.5), ("linear", 1.0)];
    let mut rows = Vec::new();
    for (place, size) in SIZES.iter().enumerate() {
        let mut row = vec![size.to_string()];
        let ratio = *size as f64 / BASE as f64;
        for (key, power) in rules {
            row.push(needed(
                run,
                key,
                *size,
                base * f64::powf(ratio, power),
                splits,
                cap,
            ));
        }
        row.push(needed(run, "own", *size, own[place].arm.rate, splits, cap));
        row.push(plain(own[place].arm.rate));
        run.number_as(
            &format!("scale.own.{size}.rate"),
            own[place].arm.rate,
            &plain(own[place].arm.rate),
        );
        rows.push(row);
    }
    let columns = ["batch", "same η", "η ∝ √B", "η ∝ B", "own η", "that η"];
    let caption = format!(
        "Epochs until the validation loss is 0.25 (— : not by every seed within {cap} epochs, or \
         {} for batches below 16)",
        cap / 10
    );
    run.table("scale", &caption, &columns, &rows);
    run.number_as("scale.base", base, &plain(base));
    run.number("scale.cap", cap as f64, 0);
    run.number("scale.budget", budget as f64, 0);
    let edges = own.iter().filter(|own| own.at_the_edge()).count();
    run.number("scale.edges", edges as f64, 0);
    figures(run, &own, splits, cap / 10);
    smoothness(run, splits);
    own
}

/// The epochs that the target needs, as a cell; with the updates and seconds kept.
fn needed(
    run: &mut Run,
    key: &str,
    size: usize,
    rate: f64,
    splits: &[(u64, Digits)],
    cap: usize,
) -> String {
    // Small batches need few epochs, and each takes long.
    let cap = if size < BASE { cap / 10 } else { cap };
    let arm = Arm { rate, ..Arm::epochs(size, cap, 1024) };
    let curves = both(splits, |(seed, digits)| curve(&arm, digits, *seed, TARGET));
    let reached: Option<Vec<Point>> = curves.iter().map(|curve| arrival(curve)).collect();
    let Some(reached) = reached else { return "—".into() };
    let epochs: Vec<f64> = reached.iter().map(|(epochs, ..)| *epochs).collect();
    let text = run.measured(&format!("scale.{key}.{size}.epochs"), &epochs, 1);
    if key == "own" {
        let updates: Vec<f64> = epochs.iter().map(|n| n * (1024 / size) as f64).collect();
        run.measured(&format!("scale.own.{size}.updates"), &updates, 0);
        let seconds: Vec<f64> = reached.iter().map(|(.., seconds)| *seconds).collect();
        run.timings(&format!("scale.own.{size}.milliseconds"), &seconds, 1e-3, 0);
    }
    text
}

/// The mean validation loss against samples, updates and seconds.
fn figures(run: &mut Run, own: &[Tuned], splits: &[(u64, Digits)], epochs: usize) {
    let axes = ["samples", "updates", "seconds"];
    let mut figures = axes.map(|axis| {
        Figure::new(&format!("Validation loss against {axis}"))
            .x_log(axis)
            .y_log("validation loss")
    });
    for tuned in own {
        let arm = Arm { updates: epochs * 1024 / tuned.arm.batch, ..tuned.arm };
        let curves = both(splits, |(seed, digits)| curve(&arm, digits, *seed, 0.0));
        let length = curves.iter().map(Vec::len).min().unwrap_or(0);
        let mean = |place: usize, of: fn(&Point) -> f64| {
            let values: Vec<f64> = curves.iter().map(|curve| of(&curve[place])).collect();
            mean_and_spread(&values).0
        };
        let name = format!("B = {}", arm.batch);
        // Seen a hundred times or less; a picture shows no more.
        let places: Vec<usize> = (1..length).step_by(length.div_ceil(100)).collect();
        let points = |of: fn(&Point) -> f64, factor: f64| -> Vec<(f64, f64)> {
            places.iter().map(|at| (factor * mean(*at, of), mean(*at, |p| p.1))).collect()
        };
        let per_epoch = (1024 / arm.batch) as f64;
        let series =
            [points(|p| p.0, 1024.0), points(|p| p.0, per_epoch), points(|p| p.2, 1.0)];
        let all = figures.into_iter().zip(series);
        let all: Vec<Figure> =
            all.map(|(figure, points)| figure.line(&name, &points)).collect();
        figures = all.try_into().expect("as many as before");
    }
    for (axis, figure) in axes.iter().zip(figures) {
        run.figure(&format!("scale.{axis}"), figure);
    }
}

/// How much the loss of a batch differs from that of the next, in an epoch at the start.
fn smoothness(run: &mut Run, splits: &[(u64, Digits)]) {
    for size in [4, 64] {
        let spread = both(splits, |(seed, digits)| {
            let model = model(*seed);
            let rows: Vec<usize> = (0..1024).collect();
            let losses = rows
                .chunks(size)
                .map(|rows| evaluate(&model, &digits.train.rows(rows)).0);
            mean_and_spread(&losses.collect::<Vec<_>>()).1
        });
        run.measured(&format!("scale.smooth.{size}"), &spread, 3);
    }
}
