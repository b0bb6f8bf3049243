//! Chapter 2: what views look like in memory, what the layout costs, and what rounding
//! does to long sums.

mod clock;
mod pictures;
mod product;
mod rounding;
mod strides;
mod transpose;
mod traversal;

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "an experiment takes what it needs")]
mod support;

use clap::Parser;
use gradus::report::Run;

/// The source of this experiment: its results carry the hash.
const SOURCE: &str = concat!(
    include_str!("clock.rs"),
    include_str!("main.rs"),
    include_str!("pictures.rs"),
    include_str!("product.rs"),
    include_str!("rounding.rs"),
    include_str!("strides.rs"),
    include_str!("transpose.rs"),
    include_str!("traversal.rs"),
);

fn main() -> gradus::Result<()> {
    let arguments = support::Arguments::parse();
    let seeds = arguments.seeds(3, 10, 30);
    let quick = arguments.mode() == "quick";
    let mut run = Run::new("02-tensor", SOURCE, arguments.mode(), seeds);
    pictures::draw(&mut run);
    rounding::add(&mut run, quick);
    let rounds = if quick { 3 } else { 21 };
    traversal::compare(&mut run, quick, rounds);
    strides::compare(&mut run, quick, rounds);
    transpose::compare(&mut run, quick, rounds);
    product::compare(&mut run, quick, rounds);
    run.finish(&arguments.out)
}
