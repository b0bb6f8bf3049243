//! Draws the graph of an expression.

use crate::example;
use clap::Args;
use gradus_course::Course;

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
    Ok(example::start(course, "run", "graph", &options.arguments)?.success())
}
