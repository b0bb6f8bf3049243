//! What every experiment shares: its command line, and the real data that comes with a
//! crate.

use clap::Parser;
use gradus::random::{Generator, permutation};
use smartcore::dataset::Dataset;
use smartcore::numbers::basenum::Number;
use std::path::PathBuf;

/// How much to run, and where the results go.
#[derive(Parser)]
pub struct Arguments {
    /// A run of seconds that checks the same claims on fewer seeds
    #[arg(long, conflicts_with = "full")]
    quick: bool,
    /// The long run, where a chapter has one
    #[arg(long)]
    full: bool,
    /// How many seeds, counted from 0
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    seeds: Option<u64>,
    /// Where to write the results
    #[arg(long, default_value = "target/runs/results.json")]
    pub out: PathBuf,
}

impl Arguments {
    /// `quick`, `default` or `full`.
    pub fn mode(&self) -> &'static str {
        match (self.quick, self.full) {
            (true, _) => "quick",
            (_, true) => "full",
            _ => "default",
        }
    }

    /// The seeds asked for, or as many as this mode takes.
    pub fn seeds(&self, quick: u64, default: u64, full: u64) -> Vec<u64> {
        let usual = match self.mode() {
            "quick" => quick,
            "full" => full,
            _ => default,
        };
        (0..self.seeds.unwrap_or(usual)).collect()
    }
}

/// Rows of features, and a target for each.
pub struct Table {
    /// One row for each example.
    pub inputs: Vec<Vec<f64>>,
    /// One number for each example.
    pub targets: Vec<f64>,
}

impl Table {
    /// A table from a data set of `smartcore`.
    pub fn new<Y: Number + Into<f64>>(data: Dataset<f32, Y>) -> Table {
        let rows = data.data.chunks(data.num_features);
        Table {
            inputs: rows.map(|row| row.iter().map(|x| f64::from(*x)).collect()).collect(),
            targets: data.target.iter().map(|y| (*y).into()).collect(),
        }
    }

    /// Draws `share` of the rows for training; the others are for the test.
    pub fn split(&self, share: f64, random: &mut Generator) -> (Table, Table) {
        let order = permutation(self.inputs.len(), random);
        let (train, test) = order.split_at((share * order.len() as f64).round() as usize);
        (self.rows(train), self.rows(test))
    }

    fn rows(&self, order: &[usize]) -> Table {
        Table {
            inputs: order.iter().map(|row| self.inputs[*row].clone()).collect(),
            targets: order.iter().map(|row| self.targets[*row]).collect(),
        }
    }
}
