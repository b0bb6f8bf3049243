//! Trains a network on 8×8 pictures of digits, the way a long run is trained: with a bar,
//! with metrics and checkpoints, and so that Ctrl-C loses nothing.
//!
//! `cargo run --example train`, and after Ctrl-C `cargo run --example train -- --resume`.

use clap::Parser;
use gradus::neural_network::{Activation, Context, Mlp, parameters};
use gradus::ops::CrossEntropyOptions;
use gradus::random::{generator, permutation};
use gradus::report::Bar;
use gradus::tensor::Array;
use gradus::training::*;
use smartcore::dataset::digits;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Trains on 8×8 digits
#[derive(Parser)]
pub struct Arguments {
    /// Go on from the last checkpoint
    #[arg(long)]
    resume: bool,
    /// Where metrics, checkpoints and the best weights go
    #[arg(long, default_value = "target/runs/digits")]
    folder: PathBuf,
    /// How often to go through the data
    #[arg(long, default_value_t = 60)]
    epochs: u64,
    /// Threads that share each batch
    #[arg(long, default_value_t = 2)]
    devices: usize,
}

fn main() -> ExitCode {
    run(&Arguments::parse())
}

/// Trains, and says how it ended.
pub fn run(arguments: &Arguments) -> ExitCode {
    match train(arguments) {
        Ok(outcome) => {
            println!("{outcome}");
            if outcome.end == End::Stopped {
                println!("go on with the same command and --resume");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn train(arguments: &Arguments) -> gradus::Result<Outcome> {
    let data = digits::load_dataset();
    let (count, width) = (data.num_samples, data.num_features);
    let inputs = Array::new(data.data, &[count, width]).map(|x| x / 16.0);
    let targets = Array::new(data.target, &[count]).map(|y| y as u32);
    let order = permutation(count, &mut generator(0));
    let (train, held_out) = order.split_at(count * 4 / 5);
    let (x, y) = (take(&inputs, train), take(&targets, train));
    let (valid_x, valid_y) = (take(&inputs, held_out), take(&targets, held_out));

    // ANCHOR: run
    let model = Mlp::<f32>::new(&[width, 64, 10], Activation::Relu, &mut generator(1));
    let options = CrossEntropyOptions::default();
    let config = TrainerConfig {
        length: Length::Epochs(arguments.epochs),
        micro_batch: 32 / arguments.devices.max(1),
        devices: arguments.devices,
        patience: Some(10),
        folder: Some(arguments.folder.clone()),
        ..TrainerConfig::default()
    };
    let optimizer = Adam::new(Group::by_rank(parameters(&model)), AdamConfig::default());
    let mut trainer = Trainer::new(&model, optimizer, train.len(), config)?
        .evaluate(|| {
            let mut context = Context::evaluation();
            let logits = model.forward(&valid_x.clone().into(), &mut context);
            f64::from(logits.cross_entropy(&valid_y, options).item())
        })
        .observe(Bar::new());
    stop_on_ctrl_c(trainer.stop.clone());
    if arguments.resume {
        trainer.resume()?;
    }
    trainer.train(|rows, context| {
        let logits = model.forward(&take(&x, rows).into(), context);
        (logits.cross_entropy(&take(&y, rows), options), rows.len())
    })
    // ANCHOR_END: run
}

/// Ctrl-C lets the run finish its update and write a checkpoint.
fn stop_on_ctrl_c(stop: Arc<AtomicBool>) {
    ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed))
        .expect("the only handler");
}
