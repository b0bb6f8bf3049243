//! Two clouds of points that a line separates: the weights grow for ever, unless they
//! have a price.

use crate::problem::{geometric, logistic};
use crate::support::Table;
use gradus::gradient_descent::{dot, norm, step, with_bias};
use gradus::random::{Generator, generator, normal};
use gradus::report::{Figure, Run};

const MARKS: [usize; 4] = [100, 1000, 10_000, 100_000];

pub fn grow(run: &mut Run) {
    let mut figure = Figure::new("The length of the weights on separable classes")
        .x_log("step")
        .y("length of the weights");
    let mut limits = Vec::new();
    for (name, strength) in [("no penalty", 0.0), ("α = 0.01", 0.01)] {
        let mut marked = MARKS.map(|_| vec![]);
        for seed in run.seeds().to_vec() {
            let data = two_clouds(&mut generator(seed));
            let (weights, lengths) = walk(&data, strength);
            if strength == 0.0 {
                limits.push(std::f64::consts::LN_10 / distance(&weights, &data));
            }
            for (marked, mark) in marked.iter_mut().zip(MARKS) {
                marked.push(lengths[mark]);
            }
            if seed == 0 {
                let last = MARKS[MARKS.len() - 1];
                let points = geometric(last).map(|k| (k as f64, lengths[k]));
                figure = figure.line(name, &points.collect::<Vec<_>>());
            }
        }
        for (marked, mark) in marked.iter().zip(MARKS) {
            run.measured(&format!("separable.{strength}.{mark}"), marked, 2);
        }
        for (pair, mark) in marked.windows(2).zip(&MARKS[1..]) {
            let growth = pair[1].iter().zip(&pair[0]).map(|(late, early)| late - early);
            let growth: Vec<f64> = growth.collect();
            run.measured(&format!("separable.{strength}.growth.{mark}"), &growth, 2);
        }
    }
    run.measured("separable.limit", &limits, 2);
    run.figure("separable", figure);
}

/// 20 points around (4, 0) with label 1, and 20 around (−4, 0) with label 0.
fn two_clouds(random: &mut Generator) -> Table {
    let targets: Vec<f64> = (0..40).map(|row| f64::from(row % 2)).collect();
    let point = |y: &f64| vec![8.0 * y - 4.0 + normal(random), normal(random)];
    let inputs: Vec<_> = targets.iter().map(point).collect();
    Table { inputs: with_bias(&inputs), targets }
}

/// The last weights, and their length, without the bias, at the start and after every
/// step.
fn walk(data: &Table, strength: f64) -> (Vec<f64>, Vec<f64>) {
    let (mut weights, mut lengths) = (vec![0.0; 3], vec![0.0]);
    for _ in 0..MARKS[MARKS.len() - 1] {
        let (_, gradient) = logistic(&weights, data, strength);
        step(&mut weights, &gradient, 0.1);
        lengths.push(norm(&weights[..2]));
    }
    (weights, lengths)
}

/// The distance of the nearest point from the line w · x = 0.
fn distance(weights: &[f64], data: &Table) -> f64 {
    let distances = data.inputs.iter().map(|x| dot(weights, x).abs());
    distances.fold(f64::INFINITY, f64::min) / norm(&weights[..2])
}
