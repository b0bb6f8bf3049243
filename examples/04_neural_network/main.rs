//! Chapter 4: what width, depth, initialisation and dropout do, on sets of points that can
//! be seen and on pictures of digits, beside logistic regression and two baselines.

mod activations;
mod classifier;
mod digits;
mod independent;
mod initialisation;
mod overfitting;
mod planes;
mod rings;
mod shapes;
mod spirals;
mod symmetry;
mod teeth;

#[path = "../support/mod.rs"]
mod support;

use clap::Parser;
use gradus::report::Run;

/// The source of this experiment: its results carry the hash.
const SOURCE: &str = concat!(
    include_str!("activations.rs"),
    include_str!("classifier.rs"),
    include_str!("digits.rs"),
    include_str!("independent.rs"),
    include_str!("initialisation.rs"),
    include_str!("main.rs"),
    include_str!("overfitting.rs"),
    include_str!("planes.rs"),
    include_str!("rings.rs"),
    include_str!("shapes.rs"),
    include_str!("spirals.rs"),
    include_str!("symmetry.rs"),
    include_str!("teeth.rs"),
);

fn main() -> gradus::Result<()> {
    let arguments = support::Arguments::parse();
    let seeds = arguments.seeds(3, 5, 10);
    let quick = arguments.mode() == "quick";
    let mut run = Run::new("04-neural_network", SOURCE, arguments.mode(), seeds);
    run.number("draws", run.seeds().len() as f64, 0);
    activations::draw(&mut run);
    rings::enclose(&mut run);
    spirals::untangle(&mut run, quick);
    teeth::fold(&mut run, quick);
    digits::read(&mut run, quick);
    shapes::compare(&mut run, quick);
    initialisation::pass_on(&mut run, quick);
    symmetry::begin_alike(&mut run, quick);
    overfitting::learn_little(&mut run, quick);
    run.finish(&arguments.out)
}
