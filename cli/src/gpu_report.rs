//! Holds a GPU against the emulator and the processor, here or elsewhere.

use crate::example;
use clap::Args;
use gradus_course::Course;

/// What to do.
#[derive(Args)]
pub struct Options {
    /// Only build the program, to carry it to a machine with a GPU: it needs nothing else
    #[arg(long)]
    build: bool,
    /// What the report takes: `--gpu N`, `--out FOLDER`, `--python PROGRAM`, and `--rehearse` to
    /// try it without a GPU
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTION")]
    arguments: Vec<String>,
}

/// `gradus gpu-report`.
pub fn report(course: &Course, options: &Options) -> anyhow::Result<bool> {
    if !options.build {
        let status = example::start(course, "run", "gpu_report", &options.arguments)?;
        return Ok(status.success());
    }
    let built = example::start(course, "build", "gpu_report", &[])?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map(Into::into);
    let target = target.unwrap_or_else(|| course.root.join("target"));
    let name = format!("gpu_report{}", std::env::consts::EXE_SUFFIX);
    let program = target.join("debug/examples").join(name);
    if built.success() {
        println!("{}", program.display());
    }
    Ok(built.success())
}
