//! Chapter 6: what a GPU does, seen through the emulator: who takes what, what is moved, what a
//! branch costs, in which order sums are added, and what mistakes look like.

mod banks;
mod coalescing;
mod divergence;
mod faults;
mod lab;
mod lanes;
mod lines;
mod matmul;
mod mlp;
mod race;
mod sums;
mod transpose;
mod tree;
mod who;

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "this chapter tests nothing on rows of its own")]
mod support;

use clap::Parser;
use gradus::report::Run;

/// The source of this experiment: its results carry the hash.
const SOURCE: &str = concat!(
    include_str!("banks.rs"),
    include_str!("coalescing.rs"),
    include_str!("divergence.rs"),
    include_str!("faults.rs"),
    include_str!("lab.rs"),
    include_str!("lanes.rs"),
    include_str!("lines.rs"),
    include_str!("main.rs"),
    include_str!("matmul.rs"),
    include_str!("mlp.rs"),
    include_str!("race.rs"),
    include_str!("sums.rs"),
    include_str!("transpose.rs"),
    include_str!("tree.rs"),
    include_str!("who.rs"),
);

fn main() -> gradus::Result<()> {
    let arguments = support::Arguments::parse();
    let quick = arguments.mode() == "quick";
    // Here a seed decides every order that the machine leaves open.
    let mut run =
        Run::new("06-gpu", SOURCE, arguments.mode(), arguments.seeds(5, 50, 500));
    who::draw(&mut run);
    lines::look(&mut run);
    tree::draw(&mut run);
    coalescing::measure(&mut run);
    transpose::measure(&mut run);
    banks::draw(&mut run);
    divergence::measure(&mut run);
    lanes::draw(&mut run);
    matmul::measure(&mut run, if quick { 64 } else { 256 });
    sums::measure(&mut run);
    faults::find(&mut run);
    race::draw(&mut run);
    mlp::compare(&mut run, if quick { 10 } else { 100 })?;
    run.finish(&arguments.out)
}
