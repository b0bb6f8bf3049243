//! Runs a chapter's experiment, draws its figures in the terminal, and compares its
//! numbers with the book's.

use crate::compare::differences;
use crate::{plot, screen};
use anyhow::{Context, bail};
use clap::Args;
use gradus_course::{Course, files};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What to run, and how much of it.
#[derive(Args)]
pub struct Options {
    /// The chapter: `1`, `gradient_descent` or `01-gradient_descent`
    chapter: String,
    /// A run of seconds, with fewer seeds
    #[arg(long, conflicts_with = "full")]
    quick: bool,
    /// The long run
    #[arg(long)]
    full: bool,
    /// How many seeds
    #[arg(long)]
    seeds: Option<u64>,
    /// Fail unless every number agrees with the committed results
    #[arg(long)]
    compare: bool,
    /// Write the committed results: what the book prints
    #[arg(long, conflicts_with = "compare")]
    record: bool,
}

/// `gradus run CHAPTER`.
pub fn run(course: &Course, options: &Options) -> anyhow::Result<bool> {
    let chapter = course.chapter(&options.chapter);
    let chapter = chapter.with_context(|| {
        format!(
            "there is no chapter `{}`: `cargo gradus list` shows them",
            options.chapter
        )
    })?;
    if !chapter.written() {
        bail!("chapter {}, {}, is still to come", chapter.number, chapter.title);
    }
    let name = format!("{}.json", chapter.slug());
    let results = course.root.join("book/results");
    let committed = if options.quick {
        results.join("quick").join(&name)
    } else {
        results.join(&name)
    };
    let written = if options.record {
        committed.clone()
    } else {
        course.root.join("target/runs").join(&name)
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(&course.root);
    command
        .args([
            "run",
            "--quiet",
            "--package",
            "gradus",
            "--example",
            &chapter.target(),
            "--",
            "--out",
        ])
        .arg(&written);
    command
        .args(options.quick.then_some("--quick"))
        .args(options.full.then_some("--full"));
    command.args(options.seeds.map(|seeds| format!("--seeds={seeds}")));
    if !command.status().context("cannot start cargo: is Rust installed?")?.success() {
        bail!("the experiment did not finish: its message is above");
    }
    let run = read(&written)?;
    for figure in
        run["figures"].as_object().into_iter().flat_map(|figures| figures.values())
    {
        match figure["svg"].is_string() {
            true => println!(
                "\n{} (drawn in the book)",
                figure["title"].as_str().unwrap_or("")
            ),
            false => println!("\n{}", plot::draw(figure, screen::width())),
        }
    }
    if options.record {
        return Ok(true);
    }
    let differences = if committed.is_file() {
        differences(&run, &read(&committed)?)
    } else {
        Err("there are no committed results".into())
    };
    println!();
    match differences {
        Ok(differences) if differences.is_empty() => {
            println!("Every number agrees with the book.")
        }
        Ok(differences) => {
            println!("These differ from the book:");
            differences.iter().for_each(|difference| println!("  {difference}"));
            println!("If you changed the code, this is what it did. {RECORD}");
            return Ok(!options.compare);
        }
        Err(why) => {
            println!("Not compared with the book: {why}.");
            return Ok(!options.compare);
        }
    }
    Ok(true)
}

const RECORD: &str = "To put it into the book, run it with --record.";

fn read(path: &Path) -> anyhow::Result<Value> {
    serde_json::from_str(&files::read(path)?)
        .with_context(|| format!("{} is not JSON", path.display()))
}
