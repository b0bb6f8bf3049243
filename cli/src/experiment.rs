//! Runs a chapter's experiment, draws its figures in the terminal, and compares its
//! numbers with the book's.

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
        println!("\n{}", plot::draw(figure, screen::width()));
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
            return Ok(!options.compare);
        }
        Err(why) => {
            println!("Not compared with the book: {why}.");
            return Ok(!options.compare);
        }
    }
    Ok(true)
}

fn read(path: &Path) -> anyhow::Result<Value> {
    serde_json::from_str(&files::read(path)?)
        .with_context(|| format!("{} is not JSON", path.display()))
}

/// What differs between two runs, timings aside.
///
/// # Errors
/// Why they cannot be compared.
fn differences(run: &Value, book: &Value) -> Result<Vec<String>, String> {
    for key in ["mode", "seeds"] {
        if run[key] != book[key] {
            return Err(format!(
                "its {key} is {}, the book's is {}",
                run[key], book[key]
            ));
        }
    }
    let mut found = Vec::new();
    let empty = serde_json::Map::new();
    let numbers = |of: &Value| of["numbers"].as_object().unwrap_or(&empty).clone();
    let (ours, theirs) = (numbers(run), numbers(book));
    for key in theirs.keys().chain(ours.keys().filter(|key| !theirs.contains_key(*key))) {
        let text = |of: &serde_json::Map<String, Value>| {
            of.get(key).map_or(Value::Null, |entry| entry["text"].clone())
        };
        let timing = theirs.get(key).is_some_and(|entry| entry["timing"] == true);
        if !timing && text(&ours) != text(&theirs) {
            found.push(format!(
                "{key}: {} here, {} in the book",
                text(&ours),
                text(&theirs)
            ));
        }
    }
    let tables = |of: &Value| of["tables"].as_object().unwrap_or(&empty).clone();
    let (ours, theirs) = (tables(run), tables(book));
    for (name, table) in &theirs {
        let timed = |table: &Value| table["columns"].to_string().contains("seconds");
        if !timed(table)
            && ours.get(name).map(|table| &table["rows"]) != Some(&table["rows"])
        {
            found.push(format!("the table `{name}`"));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::differences;
    use serde_json::{Value, json};

    fn run(text: &str, time: &str, row: &str, seeds: u64) -> Value {
        json!({
            "mode": "quick", "seeds": (0..seeds).collect::<Vec<_>>(),
            "numbers": { "a": { "text": text, "timing": false }, "t": { "text": time, "timing": true } },
            "tables": { "x": { "columns": ["m"], "rows": [[row]] } },
        })
    }

    #[test]
    fn numbers_and_rows_are_compared_and_times_are_not() {
        let book = run("1.0", "3.1", "r", 3);
        assert_eq!(differences(&run("1.0", "9.9", "r", 3), &book), Ok(vec![]));
        assert_eq!(differences(&run("1.1", "3.1", "r", 3), &book).unwrap().len(), 1);
        assert_eq!(
            differences(&run("1.0", "3.1", "s", 3), &book).unwrap(),
            ["the table `x`"]
        );
        assert!(
            differences(&run("1.0", "3.1", "r", 4), &book).unwrap_err().contains("seeds")
        );
        let mut lacking = book.clone();
        lacking["numbers"].as_object_mut().unwrap().remove("a");
        assert_eq!(differences(&lacking, &book).unwrap().len(), 1);
        assert_eq!(differences(&book, &lacking).unwrap().len(), 1);
    }
}
