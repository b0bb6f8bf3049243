//! `cargo book build|test|serve`.

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use gradus_book::report::{KINDS, Report};
use gradus_book::{book, serve};
use gradus_course::Course;
use std::path::PathBuf;
use std::process::ExitCode;

/// Builds, checks and serves the Gradus book.
#[derive(Parser)]
#[command(name = "cargo book", bin_name = "cargo book", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the book, to be opened from disk or put on a server.
    Build {
        /// Where to [default: target/book-html in the checkout].
        #[arg(long, value_name = "FOLDER")]
        dest: Option<PathBuf>,
    },
    /// Check everything that the book shows, and leave nothing behind.
    Test,
    /// Show the book on this machine, and rebuild it when a source changes.
    Serve {
        /// The port; when it is in use, the next free one of the twenty after it.
        #[arg(long, default_value_t = 3000)]
        port: u16,
        /// End when standard input ends (for a program that starts this one).
        #[arg(long)]
        until_stdin_closes: bool,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo book: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let root = Course::find()?.root;
    match command {
        Command::Build { dest } => {
            let destination = dest.unwrap_or_else(|| root.join("target/book-html"));
            let report = book::publish(&root, &destination)?;
            refuse_faults(&report)?;
            println!("{}", report.summary());
            println!("The book is in {}", destination.display());
            Ok(())
        }
        Command::Test => {
            let folder = tempfile::tempdir()?;
            let report = book::render(&root, &folder.path().join("book"))?;
            show_checks(&report);
            refuse_faults(&report)
        }
        Command::Serve { port, until_stdin_closes } => {
            serve::serve(&root, port, until_stdin_closes)
        }
    }
}

/// A line for each kind of check.
fn show_checks(report: &Report) {
    for kind in KINDS {
        let verdict = match report.failed(kind) {
            0 => "ok".to_string(),
            failed => format!("{failed} failed"),
        };
        println!("{:10} {:5} checked   {verdict}", kind.name(), report.checked(kind));
    }
    let failed = KINDS.iter().filter(|kind| report.failed(**kind) > 0).count();
    println!("{} passed, {failed} failed", KINDS.len() - failed);
}

fn refuse_faults(report: &Report) -> Result<()> {
    for fault in &report.faults {
        eprintln!("error: {fault}");
    }
    match report.faults.len() {
        0 => Ok(()),
        1 => bail!("the book has a fault"),
        many => bail!("the book has {many} faults"),
    }
}
