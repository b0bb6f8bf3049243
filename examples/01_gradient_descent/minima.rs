//! f(w) = w⁴/4 − w² + 0.3 w: a deep valley on the left, a shallow one on the right, and a
//! hilltop between them.

use gradus::gradient_descent::{Rule, descend, step};
use gradus::random::{generator, uniform};
use gradus::report::{Figure, Run};

fn f(w: f64) -> f64 {
    w.powi(4) / 4.0 - w * w + 0.3 * w
}

fn slope(w: f64) -> f64 {
    w.powi(3) - 2.0 * w + 0.3
}

pub fn fall(run: &mut Run) {
    let end = |start: f64| {
        let rule = Rule { gradient_norm: 1e-9, ..Rule::budget(10_000) };
        descend(vec![start], 0.05, &rule, |w| (f(w[0]), vec![slope(w[0])])).weights[0]
    };
    let (left, right, hilltop) = (end(-2.5), end(2.5), hilltop());
    for (name, place) in [("left", left), ("right", right), ("hilltop", hilltop)] {
        run.number_as(&format!("minima.{name}"), place, &signed(place));
        run.number_as(&format!("minima.{name}.value"), f(place), &signed(f(place)));
    }
    run.number("minima.expected", 100.0 * (hilltop + 2.5) / 5.0, 1);
    let (mut deep, mut crossed) = (Vec::new(), 0);
    for seed in run.seeds() {
        let mut random = generator(*seed);
        let starts = (0..1000).map(|_| 5.0 * uniform(&mut random) - 2.5);
        let walks: Vec<(f64, f64)> = starts.map(|start| (start, end(start))).collect();
        deep.push(walks.iter().filter(|(_, end)| *end < hilltop).count() as f64 / 10.0);
        crossed += walks.iter().filter(|(a, b)| (*a < hilltop) != (*b < hilltop)).count();
    }
    run.measured("minima.deep", &deep, 1);
    run.number("minima.crossed", crossed as f64, 0);

    let places = (-44..=42).map(|k| f64::from(k) / 20.0);
    let curve: Vec<_> = places.map(|w| (w, f(w))).collect();
    let figure = Figure::new("Where a walk ends depends on where it begins")
        .x("w")
        .y("f(w)")
        .line("f", &curve)
        .points("from w = 0", &visited(0.0))
        .points("from w = 0.5", &visited(0.5));
    run.figure("minima", figure);
}

/// The top between the valleys, where the slope is 0: halving the interval that holds it.
fn hilltop() -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if slope(middle) > 0.0 { low = middle } else { high = middle }
    }
    low
}

/// The first twenty points of a walk, on the curve.
fn visited(start: f64) -> Vec<(f64, f64)> {
    let mut w = [start];
    let mut next = || {
        let here = w[0];
        step(&mut w, &[slope(here)], 0.05);
        (here, f(here))
    };
    (0..20).map(|_| next()).collect()
}

/// Two decimals, with the sign that formulas have.
fn signed(value: f64) -> String {
    format!("{value:.2}").replace('-', "−")
}
