//! Starts a program of the library's: it uses what this one is too light to bring along.

use anyhow::Context;
use gradus_course::Course;
use std::process::{Command, ExitStatus};

/// `cargo run` (or `build`) of the example `name`, with these arguments, where the reader is:
/// a file that is named lies there.
pub fn start(
    course: &Course,
    verb: &str,
    name: &str,
    arguments: &[String],
) -> anyhow::Result<ExitStatus> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args([verb, "--quiet", "--package", "gradus", "--example", name]);
    command.arg("--manifest-path").arg(course.root.join("Cargo.toml"));
    if verb == "run" {
        command.arg("--").args(arguments);
    }
    command.status().context("cannot start cargo: is Rust installed?")
}
