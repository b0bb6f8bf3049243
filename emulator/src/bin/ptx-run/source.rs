//! The lines that a report names, where the files they stand in can be found.

use ptx_emulator::parse::Place;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// No source of a kernel is longer.
const LONGEST: u64 = 4 << 20;

/// The PTX text and the sources beside it.
pub struct Sources<'a> {
    ptx: Vec<&'a str>,
    folder: PathBuf,
    files: HashMap<String, Vec<String>>,
}

impl<'a> Sources<'a> {
    /// The sources of a PTX text that was read from this file.
    pub fn new(file: &Path, text: &'a str) -> Sources<'a> {
        let folder = file.parent().unwrap_or(Path::new("")).to_path_buf();
        Sources { ptx: text.lines().collect(), folder, files: HashMap::new() }
    }

    /// The line at a place with its number before it, in a line of its own.
    pub fn quote(&mut self, place: &Place) -> Option<String> {
        let (line, text) = match &place.source {
            Some(source) => (source.line, self.line(&source.file, source.line)?),
            None => {
                let line = self.ptx.get((place.ptx_line as usize).checked_sub(1)?)?;
                (place.ptx_line, line.trim().to_string())
            }
        };
        Some(format!("{line:>8} | {text}\n"))
    }

    /// A line of a source file, from 1.
    pub fn line(&mut self, file: &str, line: u32) -> Option<String> {
        let folder = &self.folder;
        let lines =
            self.files.entry(file.to_string()).or_insert_with(|| lines(folder, file));
        lines.get((line as usize).checked_sub(1)?).cloned()
    }
}

/// The lines of a source: under the name that the compiler was told, beside the PTX text, or
/// in a folder next to that.
fn lines(folder: &Path, file: &str) -> Vec<String> {
    let Some(name) = Path::new(file).file_name() else { return Vec::new() };
    let above = folder.join("..");
    let paths = [
        PathBuf::from(file),
        folder.join(name),
        above.join(name),
        above.join("cu").join(name),
    ];
    let found = paths.iter().find_map(|path| {
        let known = fs::metadata(path).ok()?;
        if !known.is_file() || known.len() > LONGEST {
            return None;
        }
        fs::read_to_string(path).ok()
    });
    found
        .iter()
        .flat_map(|text| text.lines())
        .map(|line| line.trim().to_string())
        .collect()
}
