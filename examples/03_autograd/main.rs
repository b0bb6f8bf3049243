//! Chapter 3: a graph with what flows through it, the error of finite differences against
//! their step, what a gradient costs, and what a graph keeps.

mod cost;
mod graphs;
mod kept;
mod steps;

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "this chapter needs no data set")]
mod support;

use clap::Parser;
use gradus::report::Run;

/// The source of this experiment: its results carry the hash.
const SOURCE: &str = concat!(
    include_str!("cost.rs"),
    include_str!("graphs.rs"),
    include_str!("kept.rs"),
    include_str!("main.rs"),
    include_str!("steps.rs"),
);

fn main() -> gradus::Result<()> {
    let arguments = support::Arguments::parse();
    let seeds = arguments.seeds(3, 10, 30);
    let mut run = Run::new("03-autograd", SOURCE, arguments.mode(), seeds);
    graphs::draw(&mut run);
    steps::vary(&mut run);
    kept::count(&mut run);
    cost::measure(&mut run, arguments.mode());
    run.finish(&arguments.out)
}
