//! The committed results of the experiments: `book/results/RUN.json`, as `gradus::report`
//! writes them.

use crate::report::{Kind, Report};
use gradus_course::files;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One run of one experiment.
#[derive(Debug, Clone, Deserialize)]
pub struct Run {
    /// `01-gradient_descent`.
    pub run: String,
    /// What a reader types to repeat it.
    pub command: String,
    /// The seeds it ran with.
    pub seeds: Vec<u64>,
    /// The machine it ran on.
    pub machine: String,
    /// The folder of the example, from the root of the repository.
    pub example: String,
    /// The SHA-256 of that source when it ran.
    pub example_sha256: String,
    /// Single numbers, for the prose.
    #[serde(default)]
    pub numbers: BTreeMap<String, Number>,
    /// Tables, ready to show.
    #[serde(default)]
    pub tables: BTreeMap<String, Table>,
    /// What the pages show as figures.
    #[serde(default)]
    pub figures: BTreeMap<String, Picture>,
}

/// A measured number.
#[derive(Debug, Clone, Deserialize)]
pub struct Number {
    /// As the prose shows it: `54.3 ± 2.1`.
    pub text: String,
}

/// A table of results.
#[derive(Debug, Clone, Deserialize)]
pub struct Table {
    /// What the table shows (Markdown).
    pub caption: String,
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// The rows; each has a cell for every column.
    pub rows: Vec<Vec<String>>,
}

/// A figure, of either kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Picture {
    /// A diagram that the run drew.
    Drawing(Drawing),
    /// Curves and clouds of points, drawn here.
    Chart(Figure),
}

/// A diagram that the run drew.
#[derive(Debug, Clone, Deserialize)]
pub struct Drawing {
    /// What is to be seen, in a few words.
    pub title: String,
    /// An SVG element whose colours are the theme's variables.
    pub svg: String,
}

/// What a chart shows; how it looks is the builder's affair.
#[derive(Debug, Clone, Deserialize)]
pub struct Figure {
    /// What is to be seen, in a few words.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// Whether a unit is as long on one axis as on the other, as in a map.
    #[serde(default)]
    pub equal_axes: bool,
    /// What is drawn.
    pub series: Vec<Series>,
}

/// One axis of a figure.
#[derive(Debug, Clone, Deserialize)]
pub struct Axis {
    /// Quantity and unit.
    pub label: String,
    /// How values become lengths.
    pub scale: Scale,
}

/// How values become lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Equal differences are equally long.
    Linear,
    /// Equal ratios are equally long.
    Log,
}

/// One curve or cloud of points.
#[derive(Debug, Clone, Deserialize)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// How it is drawn.
    pub style: Style,
    /// The points in order. A coordinate that was not finite is `null`, and breaks the
    /// line.
    pub points: Vec<(Option<f64>, Option<f64>)>,
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// A solid line.
    Line,
    /// A broken line.
    Dashed,
    /// Separate points.
    Points,
    /// A thin line behind the others, without a name: a contour, a reference.
    Guide,
}

/// All committed runs.
#[derive(Debug, Default)]
pub struct Runs {
    folder: PathBuf,
    runs: BTreeMap<String, Run>,
}

impl Runs {
    /// Reads `root/book/results`. A file that cannot be read, or whose example has
    /// changed since it ran, is a fault.
    pub fn load(root: &Path, report: &mut Report) -> Runs {
        let folder = root.join("book/results");
        let mut runs = BTreeMap::new();
        let files = std::fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path());
        let mut files: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
        files.sort();
        for path in files {
            report.count(Kind::Run);
            let stem =
                path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            match read(root, &path, &stem) {
                Ok(run) => _ = runs.insert(stem, run),
                Err(what) => {
                    report.fault(Kind::Run, format!("book/results/{stem}.json"), what)
                }
            }
        }
        Runs { folder, runs }
    }

    /// The run and the item that `RUN.KEY` names, from the part of the run that `items`
    /// picks.
    ///
    /// # Errors
    /// A message that says what is missing and what there is.
    pub fn find<'a, T>(
        &'a self,
        reference: &str,
        what: &str,
        items: fn(&Run) -> &BTreeMap<String, T>,
    ) -> Result<(&'a Run, &'a str, &'a T), String> {
        let Some((name, key)) = reference.split_once('.') else {
            return Err(format!(
                "`{reference}` names no {what}: write RUN.NAME, as in `01-gradient_descent.loss`"
            ));
        };
        let Some(run) = self.runs.get(name) else {
            let exists = self.folder.join(format!("{name}.json")).exists();
            return Err(if exists {
                format!(
                    "book/results/{name}.json cannot be used; its own fault is listed apart"
                )
            } else {
                format!(
                    "there is no book/results/{name}.json: `cargo gradus run {name}` makes it, if the name is right"
                )
            });
        };
        match items(run).get_key_value(key) {
            Some((key, item)) => Ok((run, key, item)),
            None => {
                let known: Vec<_> = items(run).keys().map(String::as_str).collect();
                let known =
                    if known.is_empty() { "none".to_string() } else { known.join(", ") };
                Err(format!(
                    "book/results/{name}.json has no {what} `{key}`; it has {known}"
                ))
            }
        }
    }
}

/// Reads one run and compares it with its example as it is now.
fn read(root: &Path, path: &Path, stem: &str) -> Result<Run, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot be read: {error}"))?;
    let run: Run = serde_json::from_str(&text)
        .map_err(|error| format!("is not a result file: {error}"))?;
    if run.run != stem {
        return Err(format!(
            "says that its run is `{}`: the file must be named {}.json",
            run.run, run.run
        ));
    }
    let again = format!("re-run `{}` and commit the result", run.command);
    let source = files::sources(&root.join(&run.example))
        .map_err(|error| format!("{error}; {again}"))?;
    if sha256(&source) != run.example_sha256 {
        return Err(format!(
            "{} has changed since this result was made; {again}",
            run.example
        ));
    }
    for (name, table) in &run.tables {
        if let Some(row) =
            table.rows.iter().position(|row| row.len() != table.columns.len())
        {
            return Err(format!(
                "table `{name}`, row {}: as many cells as columns are needed; {again}",
                row + 1
            ));
        }
    }
    Ok(run)
}

/// SHA-256 of a text with Unix line ends, so that a checkout on Windows agrees.
pub fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.replace("\r\n", "\n"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_standard_one_and_ignores_carriage_returns() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256("abc"), abc);
        assert_eq!(sha256("a\r\nb"), sha256("a\nb"));
        assert_ne!(sha256("a\nb"), sha256("ab"));
    }
}
