//! How many steps each learning rate needs on diabetes, to come near and to come close.

use crate::independent::{eigenvalues, least_squares};
use crate::problem::{constant, diabetes, prepared, squared};
use crate::support::Table;
use gradus::gradient_descent::*;
use gradus::random::generator;
use gradus::report::{Figure, Run, mean_and_spread};

const FACTORS: [f64; 13] =
    [0.1, 0.2, 0.3, 0.4, 0.49, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995];

/// How much of the avoidable loss may be left: a name, words, the share.
const SHARES: [(&str, &str, f64); 2] =
    [("near", "a tenth", 0.1), ("close", "a millionth", 1e-6)];

pub fn try_rates(run: &mut Run) {
    let mut steps = vec![[vec![], vec![]]; FACTORS.len()];
    let (mut conditions, mut best) = (Vec::new(), Vec::new());
    for seed in run.seeds().to_vec() {
        let (train, _) = prepared(&diabetes(), &mut generator(seed));
        let hessian = mean_squared_error_hessian(&train.inputs);
        let critical = critical_learning_rate(&hessian);
        let (smallest, _) = squared(&least_squares(&train), &train);
        for (factor, steps) in FACTORS.iter().zip(&mut steps) {
            let needed = steps_needed(&train, factor * critical, smallest);
            for (steps, needed) in steps.iter_mut().zip(needed) {
                steps.push(needed as f64);
            }
        }
        let values = eigenvalues(&hessian);
        let (largest, smallest) = (values[0], values[values.len() - 1]);
        conditions.push(largest / smallest);
        best.push(largest / (largest + smallest));
    }
    run.measured("sweep.condition", &conditions, 0);
    run.measured("sweep.best", &best, 4);
    let mut figure = Figure::new("Which rate is best depends on how far you go")
        .x("η in units of 2/λmax")
        .y_log("steps");
    for (index, (name, left, _)) in SHARES.iter().enumerate() {
        let mut points = Vec::new();
        for (factor, steps) in FACTORS.iter().zip(&steps) {
            run.measured(&format!("sweep.{name}.{factor}"), &steps[index], 1 - index);
            points.push((*factor, mean_and_spread(&steps[index]).0));
        }
        figure = figure.line(&format!("until {left} is left"), &points);
    }
    run.figure("sweep", figure);
}

/// The steps until no more than each of the shares is left, from the constant prediction.
fn steps_needed(train: &Table, rate: f64, smallest: f64) -> Vec<usize> {
    let mut weights = constant(train);
    let avoidable = squared(&weights, train).0 - smallest;
    let mut needed = Vec::new();
    for steps in 0..100_000 {
        let (loss, gradient) = squared(&weights, train);
        while loss - smallest <= SHARES[needed.len()].2 * avoidable {
            needed.push(steps);
            if needed.len() == SHARES.len() {
                return needed;
            }
        }
        step(&mut weights, &gradient, rate);
    }
    panic!("a learning rate of {rate} did not arrive: is it too short a step?");
}
