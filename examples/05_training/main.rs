//! Chapter 5: what everybody says about batches, epochs, learning rates and optimizers,
//! each as a claim that is tried.

mod accurate;
mod arm;
mod devices;
mod digits;
mod direction;
mod diverse;
mod drawings;
mod machine;
mod optimizers;
mod rate;
mod scale;
mod tune;

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "this chapter splits its data in three")]
mod support;

use clap::Parser;
use digits::Digits;
use gradus::report::Run;
use std::time::Instant;

/// The source of this experiment: its results carry the hash.
const SOURCE: &str = concat!(
    include_str!("accurate.rs"),
    include_str!("arm.rs"),
    include_str!("devices.rs"),
    include_str!("digits.rs"),
    include_str!("direction.rs"),
    include_str!("diverse.rs"),
    include_str!("drawings.rs"),
    include_str!("machine.rs"),
    include_str!("main.rs"),
    include_str!("optimizers.rs"),
    include_str!("rate.rs"),
    include_str!("scale.rs"),
    include_str!("tune.rs"),
);

fn main() -> gradus::Result<()> {
    let arguments = support::Arguments::parse();
    let quick = arguments.mode() == "quick";
    let seeds = arguments.seeds(3, 5, 20);
    let splits: Vec<(u64, Digits)> =
        seeds.iter().map(|seed| (*seed, Digits::new(*seed))).collect();
    let mut run = Run::new("05-training", SOURCE, arguments.mode(), seeds);
    let long = |usual: usize, short: usize| if quick { short } else { usual };
    let clock = Instant::now();
    let told = |what: &str| eprintln!("{:6.1} s  {what}", clock.elapsed().as_secs_f64());
    drawings::draw(&mut run);
    told("samples per second");
    machine::throughput(&mut run, &splits[0].1, long(15, 3));
    told("powers of two");
    machine::powers(&mut run, &splits[0].1, long(61, 3));
    told("one thread and two");
    devices::compare(&mut run, &splits[0].1, long(21, 3));
    told("the learning rate");
    rate::sweep(&mut run, &splits, long(10, 2));
    told("the direction");
    direction::measure(&mut run, &splits, long(200, 10));
    told("batch sizes");
    let own = scale::compare(&mut run, &splits, long(20, 2), long(400, 40));
    told("accuracy");
    accurate::compare(&mut run, &own, &splits, long(640, 16));
    told("little data");
    accurate::little_data(&mut run, &splits, long(200, 10));
    told("diverse data");
    diverse::compare(&mut run, &splits, long(100, 100));
    told("optimizers");
    optimizers::compare(&mut run, &splits, long(5, 1));
    told("decay");
    optimizers::decay(&mut run, &splits, long(40, 4));
    told("clipping");
    optimizers::clipping(&mut run, &splits, long(5, 1));
    told("order");
    optimizers::order(&mut run, &splits, long(5, 1));
    told("done");
    run.finish(&arguments.out)
}
