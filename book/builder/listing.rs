//! Source code in a page: included by anchor, never typed.
//!
//! ```text
//! {{#include ../../src/gradient_descent.rs:step}}
//! ```
//!
//! takes what stands between `// ANCHOR: step` and `// ANCHOR_END: step`. mdBook's own
//! include leaves a listing empty when the anchor is missing, and only logs when the file
//! is; here both are faults.

use crate::slots::escape;
use std::path::{Component, Path, PathBuf};

/// Where listings may come from: code that is compiled, run or read by the tests.
const SOURCES: [&str; 7] =
    ["src", "kernels", "exercises", "examples", "tests", ".cargo", "book/chapters.toml"];

/// Blocks in these languages, or in none, may be typed; all others hold included code
/// only.
const TYPED: [&str; 3] = ["", "text", "console"];

/// The most characters in a line: as many as rustfmt.toml allows, and as fit beside the text.
const WIDTH: usize = 90;

/// The text of a code block after its includes.
#[derive(Debug, PartialEq, Eq)]
pub struct Listing {
    /// The code.
    pub code: String,
    /// The included files, from the root of the repository, each once.
    pub files: Vec<String>,
}

/// Expands a code block's content. `page` is the page's path from the root of the
/// repository. An error carries the line in the block, counted from 0.
///
/// # Errors
/// When an include fails, or when code is typed that must be included.
pub fn expand(
    root: &Path,
    page: &Path,
    language: &str,
    content: &str,
) -> Result<Listing, (usize, String)> {
    let mut listing = Listing { code: String::new(), files: Vec::new() };
    for (number, line) in content.lines().enumerate() {
        if let Some(argument) =
            line.trim().strip_prefix("{{#").and_then(|rest| rest.strip_suffix("}}"))
        {
            let (file, code) =
                include(root, page, argument).map_err(|what| (number, what))?;
            if let Some(wide) = code.lines().find(|line| line.chars().count() > WIDTH) {
                let what = format!(
                    "a line of {file} is wider than {WIDTH} characters: `{}`",
                    wide.trim()
                );
                return Err((number, what));
            }
            listing.code += &code;
            if !listing.files.contains(&file) {
                listing.files.push(file);
            }
        } else if TYPED.contains(&language) || line.trim().is_empty() {
            listing.code += line;
            listing.code.push('\n');
        } else {
            let what = format!(
                "code in a `{language}` block must come from a tested source: use \
                 {{{{#include ../../src/FILE:ANCHOR}}}} (only `text` and `console` blocks are typed)"
            );
            return Err((number, what));
        }
    }
    Ok(listing)
}

/// `include PATH:ANCHOR` to the file's path from the root, and the code.
fn include(root: &Path, page: &Path, argument: &str) -> Result<(String, String), String> {
    let Some(target) = argument.strip_prefix("include ").map(str::trim) else {
        return Err(format!(
            "`{{{{#{argument}}}}}` is unknown: only {{{{#include PATH:ANCHOR}}}} may stand in a code block"
        ));
    };
    let Some((path, anchor)) =
        target.split_once(':').filter(|(_, anchor)| !anchor.is_empty())
    else {
        return Err(format!(
            "include of `{target}` without an anchor: write PATH:ANCHOR"
        ));
    };
    let resolved = resolve(page.parent().unwrap_or(Path::new("")), path);
    let Some(file) =
        resolved.filter(|file| SOURCES.iter().any(|source| file.starts_with(source)))
    else {
        return Err(format!(
            "`{path}` is not in {}, where listings come from",
            SOURCES.join(", ")
        ));
    };
    let name =
        file.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let source = std::fs::read_to_string(root.join(&file))
        .map_err(|error| format!("cannot include {name}: {error}"))?;
    let code = between(&source, anchor).map_err(|what| format!("{name}: {what}"))?;
    Ok((name, code))
}

/// `folder/path` without `.` and `..`; `None` when it leaves the root.
fn resolve(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut resolved = PathBuf::new();
    for component in folder.join(path).components() {
        match component {
            Component::Normal(part) => resolved.push(part),
            Component::ParentDir => resolved.pop().then_some(())?,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(resolved)
}

/// The lines between the two marks of `anchor`, without any marks, moved left as far as
/// they go together.
fn between(source: &str, anchor: &str) -> Result<String, String> {
    let mut lines = Vec::new();
    let (mut opened, mut closed) = (false, false);
    for line in source.lines() {
        match mark(line) {
            Some(Mark::Open(name)) if name == anchor && opened => {
                return Err(format!(
                    "anchor `{anchor}` is opened twice: give each its own name"
                ));
            }
            Some(Mark::Open(name)) if name == anchor => opened = true,
            Some(Mark::Close(name)) if name == anchor => closed = opened,
            Some(_) => {}
            None if opened && !closed => lines.push(line.trim_end()),
            None => {}
        }
    }
    if !opened {
        return Err(format!(
            "there is no anchor `{anchor}`: mark the code with `ANCHOR: {anchor}` and `ANCHOR_END: {anchor}`"
        ));
    }
    if !closed {
        return Err(format!(
            "anchor `{anchor}` is never closed: add `ANCHOR_END: {anchor}`"
        ));
    }
    dedent(&lines).ok_or_else(|| format!("anchor `{anchor}` is empty"))
}

enum Mark<'a> {
    Open(&'a str),
    Close(&'a str),
}

/// The mark on a line that is a comment and nothing else.
fn mark(line: &str) -> Option<Mark<'_>> {
    let comment =
        line.trim().strip_prefix("//").or_else(|| line.trim().strip_prefix('#'))?.trim();
    if let Some(name) = comment.strip_prefix("ANCHOR_END:") {
        return Some(Mark::Close(name.trim()));
    }
    comment.strip_prefix("ANCHOR:").map(|name| Mark::Open(name.trim()))
}

/// Drops the indentation that all lines share, and blank lines at both ends. `None` if
/// nothing is left.
fn dedent(lines: &[&str]) -> Option<String> {
    let first = lines.iter().position(|line| !line.is_empty())?;
    let last = lines.iter().rposition(|line| !line.is_empty())?;
    let lines = &lines[first..=last];
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let shared = lines.iter().filter(|line| !line.is_empty()).map(indent).min()?;
    Some(
        lines
            .iter()
            .map(|line| format!("{}\n", line.get(shared..).unwrap_or_default()))
            .collect(),
    )
}

/// The listing as a fenced block whose fence is longer than any in the code, with the
/// sources under it.
pub fn fenced(language: &str, listing: &Listing) -> String {
    let longest = listing.code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    // What the highlighter calls them.
    let language = match language {
        "cuda" => "cpp",
        "ptx" => "text",
        other => other,
    };
    let files: Vec<_> = listing
        .files
        .iter()
        .map(|file| format!("<code>{}</code>", escape(file)))
        .collect();
    format!(
        "{fence}{language}\n{}{fence}\n\n<p class=\"listing-source\">{}</p>\n",
        listing.code,
        files.join(", ")
    )
}

/// A line without the part of `prefix` that it has.
pub fn strip<'a>(line: &'a str, prefix: &str) -> &'a str {
    let shared = line.bytes().zip(prefix.bytes()).take_while(|(a, b)| a == b).count();
    &line[shared..]
}

/// Begins every line but the first, which has it already, with `prefix`.
pub fn indent(block: &str, prefix: &str) -> String {
    let line = |line: &str| format!("{prefix}{line}").trim_end().to_string();
    let lines: Vec<_> = block
        .lines()
        .enumerate()
        .map(|(n, text)| if n == 0 { text.to_string() } else { line(text) })
        .collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "a\n// ANCHOR: f\n\n    fn f() {\n        // ANCHOR: body\n        1\n\n        + 1\n        // ANCHOR_END: body\n    }\n// ANCHOR_END: f\nz\n";

    #[test]
    fn an_anchor_gives_its_lines_without_marks_or_shared_indentation() {
        assert_eq!(between(SOURCE, "f").unwrap(), "fn f() {\n    1\n\n    + 1\n}\n");
        assert_eq!(between(SOURCE, "body").unwrap(), "1\n\n+ 1\n");
        assert_eq!(
            between("# ANCHOR: x\na = 1\n# ANCHOR_END: x\n", "x").unwrap(),
            "a = 1\n"
        );
    }

    #[test]
    fn a_name_that_only_begins_alike_is_not_the_anchor() {
        let source = "// ANCHOR: step_two\nx\n// ANCHOR_END: step_two\n// ANCHOR: step\ny\n// ANCHOR_END: step\n";
        assert_eq!(between(source, "step").unwrap(), "y\n");
        assert!(between(source, "ste").unwrap_err().contains("no anchor `ste`"));
    }

    #[test]
    fn an_anchor_that_is_open_empty_or_doubled_is_an_error() {
        assert!(between("// ANCHOR: a\nx\n", "a").unwrap_err().contains("never closed"));
        assert!(
            between("// ANCHOR_END: a\n// ANCHOR: a\nx\n", "a")
                .unwrap_err()
                .contains("never closed")
        );
        assert!(
            between("// ANCHOR: a\n\n// ANCHOR_END: a\n", "a")
                .unwrap_err()
                .contains("is empty")
        );
        let twice =
            "// ANCHOR: a\nx\n// ANCHOR_END: a\n// ANCHOR: a\ny\n// ANCHOR_END: a\n";
        assert!(between(twice, "a").unwrap_err().contains("opened twice"));
    }

    #[test]
    fn a_path_stays_inside_the_repository() {
        let page = Path::new("book/src");
        assert_eq!(resolve(page, "../../src/a.rs"), Some("src/a.rs".into()));
        assert_eq!(resolve(page, "../../../etc/passwd"), None);
        assert_eq!(resolve(page, "/etc/passwd"), None);
    }
}
