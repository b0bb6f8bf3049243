//! The U-curve of the learning rate, for a small and for a large batch.

use crate::arm::{Arm, train};
use crate::digits::Digits;
use crate::tune::{Tuned, both, rates, tuned};
use gradus::neural_network::Context;
use gradus::report::{Figure, Run};

pub fn sweep(run: &mut Run, splits: &[(u64, Digits)], epochs: usize) {
    let grid = rates(1.0 / 1024.0, 2.0, 14);
    let mut figure = Figure::new("The learning rate: a U with a wall on the right")
        .x_log("learning rate η")
        .y_log("validation loss");
    for batch in [16, 256] {
        let tuned = tuned(Arm::epochs(batch, epochs, 1024), &grid, splits);
        let near = |point: &&(f64, f64)| point.1.is_finite();
        let points: Vec<_> = tuned.sweep.iter().filter(near).copied().collect();
        figure = figure.line(&format!("batches of {batch}"), &points);
        keep(run, batch, &tuned);
        if batch == 16 {
            dead(run, "best", tuned.arm, splits);
            dead(run, "beyond", Arm { rate: 8.0, ..tuned.arm }, splits);
        }
    }
    run.figure("rate", figure);
    run.number("rate.epochs", epochs as f64, 0);
}

/// How many of the 32 hidden neurons are 0 for every validation picture after training.
fn dead(run: &mut Run, key: &str, arm: Arm, splits: &[(u64, Digits)]) {
    let counts = both(splits, |(seed, digits)| {
        let model = train(&arm, &digits.train, *seed, |_, _, _| true);
        let model = model.expect("the loss stays a number at these rates");
        let x = digits.validation.x.clone().into();
        let hidden = model.layers[0].forward(&x, &mut Context::evaluation()).relu();
        let (rows, width) = (digits.validation.len(), 32);
        let hidden = hidden.value().to_vec();
        let silent =
            |neuron: &usize| (0..rows).all(|row| hidden[row * width + neuron] == 0.0);
        (0..width).filter(silent).count() as f64
    });
    run.measured(&format!("rate.dead.{key}"), &counts, 1);
}

/// The best rate, the loss at it, and around it.
fn keep(run: &mut Run, batch: usize, tuned: &Tuned) {
    run.number_as(&format!("rate.{batch}.best"), tuned.arm.rate, &plain(tuned.arm.rate));
    run.measured(&format!("rate.{batch}.loss"), &tuned.validation(), 2);
    let place = tuned.sweep.iter().position(|(rate, _)| *rate == tuned.arm.rate);
    let place = place.expect("it is one of them");
    let (_, small) = tuned.sweep[place.saturating_sub(6)];
    run.number(&format!("rate.{batch}.small"), small, 2);
    // The wall: from here on the model does little more than guess.
    let wall = tuned.sweep[place..].iter().find(|(_, loss)| *loss > 1.0);
    let wall = wall.map_or(f64::INFINITY, |(rate, _)| *rate);
    run.number_as(&format!("rate.{batch}.wall"), wall, &plain(wall));
    run.number(&format!("rate.{batch}.beyond"), tuned.sweep[tuned.sweep.len() - 1].1, 1);
    // The same rate for a row, whatever the batch is.
    let shifted = batch as f64 / 2048.0;
    let at = tuned.sweep.iter().find(|(rate, _)| *rate == shifted).expect("it is one");
    run.number_as(&format!("rate.{batch}.shifted"), shifted, &plain(shifted));
    run.number(&format!("rate.{batch}.shifted.loss"), at.1, 2);
}

/// A rate as one writes it: 0.25, 0.0156, 8.
pub fn plain(rate: f64) -> String {
    if rate >= 1.0 { format!("{rate:.0}") } else { format!("{rate:.3}") }
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_string()
}
