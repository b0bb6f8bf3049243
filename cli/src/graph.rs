//! Starts the example that draws the graph of an expression: it uses the library, which this
//! program is too light to bring along.

use anyhow::Context;
use clap::Args;
use gradus_course::Course;
use std::process::Command;

/// What to draw.
#[derive(Args)]
pub struct Options {
    /// The expression, `"tanh(a*b + c)"`, a value for each name, `a=2 b=-3 c=10`, and where
    /// to draw it, `--out FILE.svg`
    #[arg(
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "EXPRESSION NAME=VALUE"
    )]
    arguments: Vec<String>,
}

/// `gradus graph EXPRESSION NAME=VALUE …`.
pub fn graph(course: &Course, options: &Options) -> anyhow::Result<bool> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = course.root.join("Cargo.toml");
    // Not in the root: a file named by the reader lies where the reader is.
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", "gradus", "--example", "graph"])
        .arg("--manifest-path")
        .arg(manifest)
        .arg("--")
        .args(&options.arguments)
        .status()
        .context("cannot start cargo: is Rust installed?")?;
    Ok(status.success())
}
