//! The reader's file, cut from the solution, so that the two cannot drift apart.
//!
//! In `solution.rs` or `solution.cu`, inside a function that the reader is to write:
//!
//! ```text
//!     // gradus: solution
//!     let errors = …;               only in the solution
//!     // gradus: skeleton
//!     // todo!("…")                 only in the skeleton, there without the `// `
//!     // gradus: end
//! ```

use crate::exercise::Text;
use crate::{Exercise, Result, files, malformed};

const SOLUTION: &str = "// gradus: solution";
const SKELETON: &str = "// gradus: skeleton";
const END: &str = "// gradus: end";

/// The skeleton of `exercise`, headed by its statement.
pub(crate) fn cut(exercise: &Exercise, text: &Text) -> Result<String> {
    Ok(format!("{}\n{}", header(exercise, text), body(exercise)?))
}

/// The skeleton of `exercise` without its head.
pub(crate) fn body(exercise: &Exercise) -> Result<String> {
    let path = exercise.solution();
    let split =
        split(&files::read(&path)?).map_err(|message| malformed(path, message))?;
    Ok(split.skeleton.trim_start().to_string())
}

/// The solution as a reader should see it: without markers, anchors and heading.
pub(crate) fn solved(source: &str) -> std::result::Result<String, String> {
    let mut inside = None;
    split(source)?;
    let mut solution = String::new();
    for line in source.split_inclusive('\n') {
        match line.trim() {
            SOLUTION => inside = Some(SOLUTION),
            SKELETON => inside = Some(SKELETON),
            END => inside = None,
            text if text.starts_with("// ANCHOR")
                || text.starts_with("//!")
                || inside == Some(SKELETON) => {}
            _ => solution.push_str(line),
        }
    }
    Ok(solution.trim_start().to_string())
}

/// The functions that the reader is to write, without their bodies.
pub fn signatures(skeleton: &str) -> Vec<String> {
    let head = |rest: &str| rest.split(" {\n").next().unwrap_or(rest).to_string();
    let kernel = "extern \"C\" __global__ ";
    let start = if skeleton.contains(kernel) { kernel } else { "pub fn " };
    skeleton.split(start).skip(1).map(|rest| format!("{start}{}", head(rest))).collect()
}

/// A solution's two faces, and where the reader's part lies in it.
pub(crate) struct Split {
    /// The reader's file, without its header.
    pub skeleton: String,
    /// Byte ranges of the solution's source that the reader is to write.
    pub regions: Vec<std::ops::Range<usize>>,
}

/// Splits a solution at its markers.
pub(crate) fn split(source: &str) -> std::result::Result<Split, String> {
    let (mut skeleton, mut regions, mut inside) = (String::new(), Vec::new(), None);
    let mut offset = 0;
    for (index, line) in source.split_inclusive('\n').enumerate() {
        let (trimmed, start) = (line.trim(), offset);
        offset += line.len();
        inside = match (trimmed, inside) {
            (SOLUTION, None) => Some(SOLUTION),
            (SKELETON, Some(SOLUTION)) => Some(SKELETON),
            (END, Some(SKELETON)) => None,
            (SOLUTION | SKELETON | END, _) => {
                return Err(format!(
                    "line {}: `{trimmed}` is out of order: the markers are `{SOLUTION}`, `{SKELETON}`, `{END}`",
                    index + 1
                ));
            }
            (_, state) => {
                match state {
                    Some(SOLUTION) => regions.push(start..offset),
                    Some(_) => skeleton.push_str(&uncomment(line)),
                    // The book's anchors and the solution's own heading are not for the
                    // reader's file.
                    None if trimmed.starts_with("// ANCHOR")
                        || trimmed.starts_with("//!") => {}
                    None => skeleton.push_str(line),
                }
                state
            }
        };
    }
    match (inside, regions.is_empty()) {
        (Some(open), _) => Err(format!("`{open}` has no `{END}`")),
        (None, true) => {
            Err(format!("there is no `{SOLUTION}`: what should the reader write?"))
        }
        (None, false) => Ok(Split { skeleton, regions }),
    }
}

/// `    // todo!()` becomes `    todo!()`.
fn uncomment(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let rest = &line[indent..];
    let code = rest.strip_prefix("// ").or(rest.strip_prefix("//")).unwrap_or(rest);
    format!("{}{code}", &line[..indent])
}

/// The statement as the comment that heads the reader's file.
fn header(exercise: &Exercise, text: &Text) -> String {
    let number =
        exercise.chapter.split('-').next().unwrap_or_default().trim_start_matches('0');
    let mut lines = vec![
        format!("Chapter {number}, exercise `{}`: {}", exercise.name, text.title),
        String::new(),
    ];
    lines.extend(text.statement.lines().map(str::to_string));
    lines.push(String::new());
    lines.push(format!(
        "A hint: `h` in `cargo learn`, or `cargo gradus hint {}`.",
        exercise.name
    ));
    lines.iter().map(|line| format!("{}\n", format!("//! {line}").trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
//! The solution.
use std::f64;

// ANCHOR: double
pub fn double(x: f64) -> f64 {
    // gradus: solution
    2.0 * x
    // gradus: skeleton
    // todo!(\"return twice x, not {x}\")
    // gradus: end
}
// ANCHOR_END: double
";

    #[test]
    fn the_skeleton_keeps_the_signature_and_loses_the_solution() {
        let split = split(SOURCE).unwrap();
        let expected = "use std::f64;\n\npub fn double(x: f64) -> f64 {\n    todo!(\"return twice x, not {x}\")\n}\n";
        assert_eq!(split.skeleton, expected);
        let own: String =
            split.regions.iter().map(|range| &SOURCE[range.clone()]).collect();
        assert_eq!(own, "    2.0 * x\n");
        let solution =
            "use std::f64;\n\npub fn double(x: f64) -> f64 {\n    2.0 * x\n}\n";
        assert_eq!(solved(SOURCE).unwrap(), solution);
    }

    #[test]
    fn a_signature_ends_where_the_body_begins() {
        let rust = "pub fn a(\n    x: f64,\n) -> f64 {\n    1.0\n}\n";
        assert_eq!(signatures(rust), ["pub fn a(\n    x: f64,\n) -> f64"]);
        let cuda = "void h() {\n}\nextern \"C\" __global__ void k(float *x) {\n}\n";
        assert_eq!(signatures(cuda), ["extern \"C\" __global__ void k(float *x)"]);
    }

    #[test]
    fn markers_out_of_order_are_named_with_their_line() {
        let unclosed = SOURCE.replace("    // gradus: end\n", "");
        assert!(split(&unclosed).err().unwrap().contains("has no `// gradus: end`"));
        let swapped = SOURCE.replace("gradus: solution", "gradus: end");
        assert!(split(&swapped).err().unwrap().starts_with("line 6"));
        assert!(
            split("fn main() {}\n")
                .err()
                .unwrap()
                .contains("what should the reader write")
        );
    }
}
