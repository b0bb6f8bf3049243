//! Chapter 1: how long a step may be, why the scale of the features matters, and what
//! both regressions reach on real data, beside an independent solver.

mod bowl;
mod cancer;
mod critical;
mod diabetes;
mod independent;
mod minima;
mod problem;
mod scale;
mod separable;
mod sweep;

#[path = "../support/mod.rs"]
mod support;

use clap::Parser;
use gradus::report::Run;

/// The source of this experiment: its results carry the hash.
const SOURCE: &str = concat!(
    include_str!("bowl.rs"),
    include_str!("cancer.rs"),
    include_str!("critical.rs"),
    include_str!("diabetes.rs"),
    include_str!("independent.rs"),
    include_str!("main.rs"),
    include_str!("minima.rs"),
    include_str!("problem.rs"),
    include_str!("scale.rs"),
    include_str!("separable.rs"),
    include_str!("sweep.rs"),
);

fn main() -> gradus::Result<()> {
    let arguments = support::Arguments::parse();
    let seeds = arguments.seeds(3, 10, 30);
    let mut run = Run::new("01-gradient_descent", SOURCE, arguments.mode(), seeds);
    bowl::walk(&mut run);
    critical::descend_on_both_sides(&mut run);
    sweep::try_rates(&mut run);
    scale::compare(&mut run);
    separable::grow(&mut run);
    minima::fall(&mut run);
    diabetes::predict(&mut run);
    cancer::classify(&mut run);
    run.finish(&arguments.out)
}
