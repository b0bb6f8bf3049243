//! A whole network trained on the emulator, beside the same training on the processor.

use super::support::Table;
use gradus::Result;
use gradus::autograd::Tensor;
use gradus::device::{Device, Settings};
use gradus::neural_network::{Activation, Context, Mlp, move_to, parameters};
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::report::{Figure, Run, scientific};
use gradus::tensor::Array;
use gradus::training::{Adam, AdamConfig, Group, Optimizer, gradients_of};
use smartcore::dataset::digits;

const SIZES: [usize; 3] = [64, 32, 10];
const BATCH: usize = 32;
const RATE: f64 = 0.01;
/// So many seeds of the run: each trains three times.
const SEEDS: usize = 3;

// ANCHOR: train
/// The loss of each of so many updates, all of them on this device.
pub fn train(
    device: &Device,
    table: &Table,
    seed: u64,
    updates: usize,
) -> Result<Vec<f64>> {
    let model = Mlp::new(&SIZES, Activation::Relu, &mut generator(seed));
    move_to(&model, device)?;
    let mut adam = Adam::new(Group::by_rank(parameters(&model)), AdamConfig::default());
    let mut losses = Vec::new();
    for update in 0..updates {
        let (x, classes) = batch(table, update);
        let (x, classes) = (Tensor::from(x.to(device)?), classes.to(device)?);
        let logits = model.forward(&x, &mut Context::training(seed));
        let loss = logits.cross_entropy(&classes, CrossEntropyOptions::default());
        losses.push(f64::from(loss.item()));
        let gradients = gradients_of(adam.groups(), &loss.backward());
        adam.step(&gradients, RATE);
    }
    Ok(losses)
}
// ANCHOR_END: train

/// The next rows of the table, and the class of each.
fn batch(table: &Table, number: usize) -> (Array<f32>, Array<u32>) {
    let rows = (0..BATCH).map(|row| (number * BATCH + row) % table.inputs.len());
    let x =
        rows.clone().flat_map(|row| table.inputs[row].iter().map(|x| *x as f32 / 16.0));
    let classes = rows.map(|row| table.targets[row] as u32);
    (
        Array::new(x.collect::<Vec<f32>>(), &[BATCH, SIZES[0]]),
        Array::new(classes.collect::<Vec<u32>>(), &[BATCH]),
    )
}

/// The digits in a random order.
pub fn pictures(seed: u64) -> Table {
    Table::new(digits::load_dataset()).split(1.0, &mut generator(seed)).0
}

/// The largest difference of two losses, in units of the first.
pub fn apart(losses: &[f64], others: &[f64]) -> f64 {
    let pairs = losses.iter().zip(others);
    pairs.map(|(a, b)| (a - b).abs() / a).fold(0.0, f64::max)
}

pub fn compare(run: &mut Run, updates: usize) -> Result<()> {
    let mut rows = Vec::new();
    let (mut usual, mut contrary) = (0f64, 0f64);
    let seeds: Vec<u64> = run.seeds().iter().take(SEEDS).copied().collect();
    for seed in seeds {
        let table = pictures(seed);
        let cpu = train(&Device::Cpu, &table, seed, updates)?;
        let emulator = train(&Device::emulator(), &table, seed, updates)?;
        let settings = Settings { pessimistic: Some(seed), ..Settings::default() };
        let moved = train(&Device::emulator_with(settings), &table, seed, updates)?;
        usual = usual.max(apart(&cpu, &emulator));
        contrary = contrary.max(apart(&cpu, &moved));
        rows.push(vec![
            seed.to_string(),
            format!("{:.6}", cpu[0]),
            format!("{:.6}", emulator[0]),
            format!("{:.6}", cpu[updates - 1]),
            format!("{:.6}", emulator[updates - 1]),
            scientific(apart(&cpu, &emulator)),
            scientific(apart(&cpu, &moved)),
        ]);
        if seed == 0 {
            let points = |losses: &[f64]| -> Vec<(f64, f64)> {
                losses
                    .iter()
                    .zip(1..)
                    .map(|(loss, step)| (f64::from(step), *loss))
                    .collect()
            };
            let fifth: Vec<(f64, f64)> =
                points(&emulator).into_iter().step_by(5).collect();
            run.figure(
                "mlp",
                Figure::new("An MLP trained on the emulator")
                    .x("update")
                    .y_log("loss of the batch")
                    .line("processor", &points(&cpu))
                    .points("emulator, every fifth", &fifth),
            );
        }
    }
    run.table(
        "mlp",
        "The losses of the first and the last update",
        &[
            "seed",
            "first: cpu",
            "emulator",
            "last: cpu",
            "emulator",
            "apart",
            "pessimistic",
        ],
        &rows,
    );
    run.number("mlp.updates", updates as f64, 0);
    run.number_as("mlp.apart", usual, &scientific(usual));
    run.number_as("mlp.pessimistic", contrary, &scientific(contrary));
    Ok(())
}
