//! `ptx-run` launches one kernel of a PTX file on the emulator and says what it found.
//!
//! Exit code 0: clean; 1: there are findings; 2: it could not be launched, or its results not
//! be written.
#![forbid(unsafe_code)]

mod argument;
mod element;
mod human;
mod json;
mod npy;
mod number;
mod options;
mod run;
mod save;
mod source;
mod table;

use clap::Parser;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// What keeps a kernel from being run: a sentence for the reader.
type Result<T> = std::result::Result<T, String>;

fn main() -> ExitCode {
    let options = options::Options::parse();
    let finished = run::run(&options).and_then(|outcome| {
        complain(&outcome.notes);
        print(&outcome.text).map(|()| outcome.code)
    });
    match finished {
        Ok(code) => ExitCode::from(code),
        Err(message) => {
            complain(&format!("error: {message}\n"));
            ExitCode::from(2)
        }
    }
}

/// Prints to standard output. Whoever closed it has read enough.
fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}"))
        }
        _ => Ok(()),
    }
}

/// Prints to standard error; where that is closed there is nobody to tell.
fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
