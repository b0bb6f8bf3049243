//! `gradus`: the reader's companion.
//!
//! | module | what it does |
//! |---|---|
//! | [`learn`] | watches the answer that is being written, and shows the book |
//! | [`faces`] | what it shows in each mode |
//! | [`page`] | makes that fit the screen |
//! | [`attempt`] | a check under way, while keys are still answered |
//! | [`raw`] | the terminal in raw mode, and as it was before |
//! | [`check`] | builds one answer with its check and runs it within limits |
//! | [`leaf`] | the build behind every check |
//! | [`diagnosis`] | the compiler's messages, and what of them to tell a reader |
//! | [`verdict`] | a check's outcome in words |
//! | [`shelf`] | list, hint, reset, solution |
//! | [`verify`] | proves every exercise by its solution, its wrong answers, its mutants |
//! | [`variants`] | what it proves them by: linked and run |
//! | [`experiment`] | runs a chapter's experiment |
//! | [`example`] | starts a program of the library's |
//! | [`graph`] | draws the graph of an expression |
//! | [`gpu_report`] | holds a GPU against the emulator and the processor |
//! | [`compare`] | holds its numbers against the book's |
//! | [`plot`] | a figure in the terminal |
//! | [`data`] | data sets, models and NVRTC, by name |
//! | [`ptx`] | compiles the kernels, and proves that their committed PTX is theirs |
//! | [`hash`] | SHA-256 |
//! | [`audit`] | holds the output of `cargo test` against each chapter's floor and budget |
//! | [`screen`] | width, colour, wrapping |

mod attempt;
mod audit;
mod bookshop;
mod check;
mod compare;
mod data;
mod diagnosis;
mod example;
mod experiment;
mod faces;
mod gpu_report;
mod graph;
mod hash;
mod leaf;
mod learn;
mod page;
mod plot;
mod ptx;
mod raw;
mod screen;
mod shelf;
mod variants;
mod verdict;
mod verify;

use clap::{Parser, Subcommand};
use gradus_course::Course;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "gradus",
    about = "The companion to the book Gradus",
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Work through the exercises: every save is answered, the book is at hand
    Learn {
        /// Do not build and serve the book
        #[arg(long)]
        no_book: bool,
    },
    /// Try the answer to one exercise
    Check {
        /// The exercise; with --all every exercise that has an answer
        #[arg(required_unless_present = "all")]
        name: Option<String>,
        /// Try this file instead of the one in `answers/`
        #[arg(long)]
        answer: Option<PathBuf>,
        /// Try every answer there is, and bring the progress up to date
        #[arg(long, conflicts_with_all = ["name", "answer"])]
        all: bool,
        /// How long an answer may take, in seconds
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
        seconds: u64,
    },
    /// Show all exercises, and which are solved
    List,
    /// Show the next hint
    Hint {
        /// The exercise
        name: String,
        /// Show all of them
        #[arg(long)]
        all: bool,
    },
    /// Start an exercise over; a copy of your answer is kept
    Reset {
        /// The exercise
        name: String,
    },
    /// Show the solution beside your answer, once yours passes
    Solution {
        /// The exercise
        name: String,
        /// Show it although yours does not pass
        #[arg(long)]
        force: bool,
    },
    /// Run a chapter's experiment
    Run(experiment::Options),
    /// Draw the graph of an expression, with its values and gradients
    Graph(graph::Options),
    /// Hold a GPU against the emulator and the processor, kernel by kernel, and measure it
    GpuReport(gpu_report::Options),
    /// Real data sets, models and NVIDIA's compiler, by name
    #[command(subcommand)]
    Data(data::Action),
    /// Compile the kernels, and those of experiments and exercises, to the PTX that is
    /// committed; needs no GPU
    Ptx(ptx::Options),
    /// Prove the exercises: skeletons fail, solutions pass, wrong answers are rejected as
    /// they declare
    Verify {
        /// A chapter or an exercise; everything if left out
        which: Option<String>,
        /// Try mechanical mutants of the solutions too
        #[arg(long)]
        mutants: bool,
    },
    /// Hold the output of `cargo test` against each chapter's floor, time budget and
    /// allowed skips
    Audit {
        /// The file with the output
        log: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("gradus: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether what was asked for holds.
fn run(command: Command) -> anyhow::Result<bool> {
    // Asked for where it is needed: data is fetched wherever the reader is.
    let course = Course::find;
    match command {
        Command::Data(action) => data::data(action),
        Command::Learn { no_book } => learn::learn(&course()?, !no_book),
        Command::Check { all: true, seconds, .. } => check::all(&course()?, seconds),
        Command::Check { name, answer, seconds, .. } => {
            check::one(&course()?, &name.unwrap_or_default(), answer.as_deref(), seconds)
        }
        Command::List => shelf::list(&course()?),
        Command::Hint { name, all } => shelf::hint(&course()?, &name, all),
        Command::Reset { name } => shelf::reset(&course()?, &name),
        Command::Solution { name, force } => shelf::solution(&course()?, &name, force),
        Command::Run(options) => experiment::run(&course()?, &options),
        Command::Graph(options) => graph::graph(&course()?, &options),
        Command::GpuReport(options) => gpu_report::report(&course()?, &options),
        Command::Ptx(options) => ptx::ptx(&course()?, &options),
        Command::Verify { which, mutants } => {
            verify::verify(&course()?, which.as_deref(), mutants)
        }
        Command::Audit { log } => audit::audit(&course()?, &log),
    }
}
