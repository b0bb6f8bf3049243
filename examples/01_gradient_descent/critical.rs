//! Linear regression on diabetes, just below 2/λmax and just above it.

use crate::independent::{eigenvalues, least_squares};
use crate::problem::{constant, diabetes, prepared, squared};
use gradus::gradient_descent::*;
use gradus::random::generator;
use gradus::report::{Figure, Run, scientific};

const STEPS: usize = 1000;

// ANCHOR: critical
pub fn descend_on_both_sides(run: &mut Run) {
    let mut figure = Figure::new("Below 2/λmax it converges, above it diverges")
        .x("step")
        .y_log("avoidable loss");
    let (mut rates, mut gaps) = (Vec::new(), Vec::new());
    let mut rest = [("0.5", 0.5), ("0.99", 0.99), ("1.01", 1.01)].map(|f| (f, vec![]));
    for seed in run.seeds().to_vec() {
        let (train, _) = prepared(&diabetes(), &mut generator(seed));
        let hessian = mean_squared_error_hessian(&train.inputs);
        let critical = critical_learning_rate(&hessian);
        let (smallest, _) = squared(&least_squares(&train), &train);
        for ((name, factor), rest) in &mut rest {
            let rule = Rule::budget(STEPS);
            let objective = |w: &[f64]| squared(w, &train);
            let descent = descend(constant(&train), *factor * critical, &rule, objective);
            let above = |k: usize| descent.losses[k] - smallest;
            rest.push(above(STEPS) / above(0));
            if seed == 0 {
                let every_fifth = (0..=STEPS).step_by(5);
                let points: Vec<_> = every_fifth.map(|k| (k as f64, above(k))).collect();
                figure = figure.line(&format!("η = {name} · 2/λmax"), &points);
            }
        }
        rates.push(critical);
        gaps.push((critical * eigenvalues(&hessian)[0] / 2.0 - 1.0).abs());
    }
    // ANCHOR_END: critical
    run.figure("critical", figure);
    run.measured("critical.rate", &rates, 3);
    let gap = gaps.iter().copied().fold(0.0, f64::max);
    run.number_as("critical.gap", gap, &scientific(gap));
    let rows: Vec<Vec<String>> = rest
        .iter()
        .map(|((name, _), rest)| {
            let fell = rest.iter().filter(|rest| **rest < 1.0).count();
            let least = rest.iter().copied().fold(f64::INFINITY, f64::min);
            let most = rest.iter().copied().fold(0.0, f64::max);
            let draws = |count| format!("{count} of {}", rest.len());
            let (grew, least, most) =
                (rest.len() - fell, scientific(least), scientific(most));
            vec![name.to_string(), draws(fell), draws(grew), least, most]
        })
        .collect();
    let columns = [
        "η in units of 2/λmax",
        "draws whose loss fell",
        "grew",
        "least left",
        "most left",
    ];
    let caption = "The avoidable loss that is left after 1,000 steps, as a share of the \
                   avoidable loss at the start";
    run.table("critical", caption, &columns, &rows);
}
