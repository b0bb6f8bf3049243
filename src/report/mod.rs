//! What an experiment found: printed as tables, and kept as JSON from which the book
//! takes its numbers and figures.

mod bar;
mod drawing;
mod figure;
mod statistics;
mod text;

pub use bar::Bar;
pub use drawing::{Align, Drawing, Tint};
pub use figure::Figure;
pub use statistics::{mean_and_spread, median, slope};
pub(crate) use text::aligned;
pub use text::scientific;

use crate::Result;
use crate::replace::replace;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::Instant;

/// The results of one run of one experiment.
pub struct Run {
    name: String,
    mode: String,
    seeds: Vec<u64>,
    source_sha256: String,
    start: Instant,
    numbers: Map<String, Value>,
    tables: Map<String, Value>,
    figures: Map<String, Value>,
}

impl Run {
    /// Begins the run `name` (`01-gradient_descent`) over `seeds`, and starts its clock.
    /// `source` is the experiment's own source (`include_str!` of its files, in the order
    /// of their names): results carry its hash, so that they cannot outlive it unnoticed.
    pub fn new(name: &str, source: &str, mode: &str, seeds: Vec<u64>) -> Run {
        let digest = Sha256::digest(source.replace("\r\n", "\n"));
        Run {
            name: name.to_string(),
            mode: mode.to_string(),
            seeds,
            source_sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            start: Instant::now(),
            numbers: Map::new(),
            tables: Map::new(),
            figures: Map::new(),
        }
    }

    /// The seeds of this run.
    pub fn seeds(&self) -> &[u64] {
        &self.seeds
    }

    /// Keeps one number, shown with `digits` decimals.
    pub fn number(&mut self, key: &str, value: f64, digits: usize) {
        self.keep(key, value, None, 1, text::fixed(value, digits), false);
    }

    /// Keeps one number and its wording: `2.3 · 10⁶`, say.
    pub fn number_as(&mut self, key: &str, value: f64, text: &str) {
        self.keep(key, value, None, 1, text.to_string(), false);
    }

    /// Keeps a measurement over several seeds as mean ± standard deviation, and returns
    /// its text.
    pub fn measured(&mut self, key: &str, samples: &[f64], digits: usize) -> String {
        let (mean, spread) = mean_and_spread(samples);
        let text = format!("{} ± {spread:.digits$}", text::fixed(mean, digits));
        self.keep(key, mean, Some(spread), samples.len(), text.clone(), false);
        text
    }

    /// Like [`measured`](Run::measured), for samples far from 1: `(2.9 ± 0.4) · 10¹²`.
    pub fn measured_scientific(&mut self, key: &str, samples: &[f64]) -> String {
        let (mean, spread) = mean_and_spread(samples);
        let text = text::scientific_with_spread(mean, spread);
        self.keep(key, mean, Some(spread), samples.len(), text.clone(), false);
        text
    }

    /// Keeps a time in seconds. Times are shown, never compared.
    pub fn timing(&mut self, key: &str, seconds: f64) {
        self.keep(key, seconds, None, 1, format!("{seconds:.2}"), true);
    }

    /// Keeps a time that was measured several times as median and range, and returns its
    /// text. `unit` is what the text counts in, in seconds (1e-9 for nanoseconds). Times
    /// are shown, never compared.
    pub fn timings(
        &mut self,
        key: &str,
        seconds: &[f64],
        unit: f64,
        digits: usize,
    ) -> String {
        let times: Vec<f64> = seconds.iter().map(|time| time / unit).collect();
        let least = times.iter().copied().fold(f64::INFINITY, f64::min);
        let most = times.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let median = median(&times);
        let text = format!("{median:.digits$} ({least:.digits$} to {most:.digits$})");
        self.keep(key, median, Some(most - least), seconds.len(), text.clone(), true);
        text
    }

    fn keep(
        &mut self,
        key: &str,
        value: f64,
        spread: Option<f64>,
        count: usize,
        text: String,
        timing: bool,
    ) {
        let entry = json!({ "value": value, "spread": spread, "count": count, "text": text, "timing": timing });
        let before = self.numbers.insert(key.to_string(), entry);
        assert!(
            before.is_none(),
            "report: the key `{key}` is used twice in {}",
            self.name
        );
    }

    /// Keeps a table and prints it.
    #[track_caller]
    pub fn table(
        &mut self,
        name: &str,
        caption: &str,
        columns: &[&str],
        rows: &[Vec<String>],
    ) {
        let whole = rows.iter().all(|row| row.len() == columns.len());
        assert!(
            whole,
            "report: every row of the table `{name}` must have {} cells",
            columns.len()
        );
        println!("\n{caption}\n{}", aligned(columns, rows));
        self.tables.insert(
            name.to_string(),
            json!({ "caption": caption, "columns": columns, "rows": rows }),
        );
    }

    /// Keeps a figure.
    pub fn figure(&mut self, name: &str, figure: Figure) {
        self.figures.insert(
            name.to_string(),
            serde_json::to_value(figure).expect("a figure is JSON"),
        );
    }

    /// Keeps a drawing; a page shows it like a figure.
    pub fn drawing(&mut self, name: &str, drawing: &Drawing) {
        self.figures.insert(
            name.to_string(),
            serde_json::to_value(drawing).expect("a drawing is JSON"),
        );
    }

    /// Writes everything to `path`, beside it first and then renamed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(self, path: &Path) -> Result<()> {
        let flags = if self.mode == "default" {
            String::new()
        } else {
            format!(" --{}", self.mode)
        };
        let document = json!({
            "run": self.name,
            "mode": self.mode,
            "command": format!("cargo gradus run {}{flags}", self.name),
            "seeds": self.seeds,
            "machine": machine(),
            "example": format!("examples/{}", self.name.replace('-', "_")),
            "example_sha256": self.source_sha256,
            "seconds": (self.start.elapsed().as_secs_f64() * 10.0).round() / 10.0,
            "numbers": self.numbers,
            "tables": self.tables,
            "figures": self.figures,
        });
        let text =
            serde_json::to_string_pretty(&document).expect("results are JSON") + "\n";
        replace(path, text::compact(&text).as_bytes())?;
        println!("\nWritten to {}", path.display());
        Ok(())
    }
}

/// The processor as the system names it, its cores, the system.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let information = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let processor = model.map_or(std::env::consts::ARCH, |(_, model)| model.trim());
    format!(
        "{processor}, {cores} cores, {} {}",
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_written_whole_and_read_back() {
        let mut run = Run::new("09-x", "fn main() {}\r\n", "quick", vec![0, 1, 2]);
        assert_eq!(run.measured("error", &[1.0, 2.0, 3.0], 1), "2.0 ± 1.0");
        assert_eq!(run.measured("nothing", &[-0.01, 0.0, 0.0], 1), "0.0 ± 0.0");
        assert_eq!(run.measured("less", &[-0.3, -0.1, -0.2], 1), "-0.2 ± 0.1");
        run.number("rate", 0.12345, 2);
        run.table(
            "t",
            "A table",
            &["method", "error"],
            &[vec!["mean".into(), "2.0".into()]],
        );
        run.figure(
            "f",
            Figure::new("F")
                .x("step")
                .y_log("loss")
                .line("a", &[(0.0, 1.0), (1.0, f64::NAN)]),
        );
        let folder =
            std::env::temp_dir().join(format!("gradus-report-{}", std::process::id()));
        let path = folder.join("deep/er.json");
        run.finish(&path).unwrap();
        let written: Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(written["numbers"]["error"]["text"], "2.0 ± 1.0");
        assert_eq!(written["numbers"]["error"]["count"], 3);
        assert_eq!(written["numbers"]["rate"]["text"], "0.12");
        assert_eq!(written["command"], "cargo gradus run 09-x --quick");
        assert_eq!(
            written["figures"]["f"]["series"][0]["points"],
            json!([[0.0, 1.0], [1.0, null]])
        );
        assert_eq!(written["tables"]["t"]["rows"], json!([["mean", "2.0"]]));
        // The hash is that of the file with Unix line endings: echo 'fn main() {}' |
        // sha256sum
        let hash = "536e506bb90914c243a12b397b9a998f85ae2cbd9ba02dfd03a9e155ca5ca0f4";
        assert_eq!(written["example_sha256"], hash);
    }

    #[test]
    fn a_result_that_cannot_be_written_names_its_file() {
        let run = Run::new("09-x", "", "default", vec![0]);
        let message =
            run.finish(Path::new("Cargo.toml/impossible.json")).unwrap_err().to_string();
        assert!(
            message.contains("cannot write") && message.contains("impossible.json"),
            "{message}"
        );
    }

    #[test]
    fn a_time_is_kept_as_median_and_range_in_its_unit() {
        let mut run = Run::new("09-x", "", "default", vec![0]);
        assert_eq!(run.timings("a", &[3e-9, 1e-9, 8e-9], 1e-9, 1), "3.0 (1.0 to 8.0)");
        assert_eq!(run.timings("b", &[2.0, 1.0], 1e-3, 0), "1500 (1000 to 2000)");
        assert_eq!(run.numbers["a"]["timing"], true);
    }

    #[test]
    #[should_panic(expected = "used twice")]
    fn a_key_cannot_be_used_twice() {
        let mut run = Run::new("09-x", "", "default", vec![0]);
        run.number("a", 1.0, 1);
        run.number("a", 2.0, 1);
    }
}
