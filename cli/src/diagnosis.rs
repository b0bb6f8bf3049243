//! The compiler's messages, and what of them to tell a reader.

use gradus_course::skeleton::signatures;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What the compiler said.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The file of the primary span.
    pub file: PathBuf,
    /// Whether the build fails for it.
    pub error: bool,
    /// As the compiler lays it out.
    pub rendered: String,
    /// The message alone.
    pub summary: String,
}

#[derive(Deserialize)]
struct Line {
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    message: String,
    rendered: Option<String>,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    is_primary: bool,
}

/// The compiler's messages, from cargo's lines of JSON. Some, like the linker's, are
/// about no file: theirs is empty.
pub fn messages(json: &str, root: &Path) -> Vec<Message> {
    let diagnostics =
        json.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()?.message);
    let message = |diagnostic: Diagnostic| {
        let span = diagnostic.spans.iter().find(|span| span.is_primary);
        Message {
            file: span.map(|span| root.join(&span.file_name)).unwrap_or_default(),
            error: diagnostic.level == "error",
            rendered: shortened(&diagnostic.rendered.unwrap_or_default(), root),
            summary: diagnostic.message,
        }
    };
    diagnostics.map(message).collect()
}

/// Paths relative to the checkout.
fn shortened(text: &str, root: &Path) -> String {
    text.replace(&format!("{}{}", root.display(), std::path::MAIN_SEPARATOR), "")
}

impl Message {
    /// Whether it is about `file`.
    pub fn is_about(&self, file: &Path) -> bool {
        let canonical = |path: &Path| path.canonicalize().ok();
        self.file == file
            || canonical(&self.file).is_some_and(|own| Some(own) == canonical(file))
    }
}

/// Why the file `answer` cannot be Rust at all, if it cannot.
pub fn illegible(answer: &Path, name: &str) -> Option<String> {
    let bytes = match std::fs::read(answer) {
        Ok(bytes) => bytes,
        Err(error) => {
            return Some(format!(
                "Your answer cannot be read: {error}. \
                 Should it be gone, this writes the skeleton: cargo gradus reset {name}"
            ));
        }
    };
    match str::from_utf8(&bytes) {
        Ok(text) if !text.trim().is_empty() => None,
        Ok(_) => Some(format!(
            "The file is empty. This writes the skeleton: cargo gradus reset {name}"
        )),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            Some(format!(
                "Line {line} is not UTF-8, as source files must be. \
                 Save the file with the encoding UTF-8."
            ))
        }
    }
}

/// What to tell a reader whose answer does not compile: the messages about their own
/// file, or, when only the table complains, which function is missing or has another
/// signature.
pub fn explain(
    messages: &[Message],
    answer: &Path,
    name: &str,
    skeleton: &str,
) -> String {
    let errors = || messages.iter().filter(|message| message.error);
    let own: Vec<_> = errors()
        .filter(|message| message.is_about(answer))
        .map(|message| message.rendered.trim_end())
        .collect();
    if !own.is_empty() {
        let mut text = own[..own.len().min(SHOWN)].join("\n\n");
        if own.len() > SHOWN {
            text += &format!(
                "\n\n… and {} errors more: mend these first.",
                own.len() - SHOWN
            );
        }
        return text;
    }
    let placed = errors().filter(|message| message.file != Path::new(""));
    let said: Vec<_> = placed.map(|message| message.summary.as_str()).collect();
    let signatures = signatures(skeleton).join("\n\n");
    let signatures: String = signatures
        .lines()
        .map(|line| format!("    {line}").trim_end().to_string() + "\n")
        .collect();
    format!(
        "The check cannot call your answer: {}.\nIt needs, with exactly this signature:\n\n{signatures}\n\
         `cargo gradus reset {name}` writes it anew, and keeps a copy of what you have.",
        said.join("; ").replace("answer_0", "your file")
    )
}

/// What to tell a reader whose kernel does not compile: the first of the compiler's
/// messages, each of which is a line with its place and what belongs to it.
pub fn of_kernel(log: &str) -> String {
    const LINES: usize = 16;
    let lines: Vec<&str> = log.lines().collect();
    let mut text = lines[..lines.len().min(LINES)].join("\n");
    if lines.len() > LINES {
        text += "\n\n… and more: mend these first.";
    }
    format!("It does not compile yet.\n\n{}\n", text.trim_end())
}

/// How many errors are shown: the first tell the cause, the others often follow from it.
const SHOWN: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn line(level: &str, file: &str, text: &str) -> String {
        let span = serde_json::json!({ "file_name": file, "is_primary": true });
        let rendered = format!("{level}: {text}\n --> /home/x/{file}:3:1");
        let message = serde_json::json!({ "level": level, "message": text, "rendered": rendered, "spans": [span] });
        serde_json::json!({ "reason": "compiler-message", "message": message })
            .to_string()
    }

    const SKELETON: &str = "//! T\n\npub fn double(x: f64) -> f64 {\n    todo!()\n}\n\n\
        pub fn half(\n    x: f64,\n) -> f64 {\n    todo!()\n}\n";

    #[test]
    fn only_the_readers_own_file_is_shown() {
        let json = [
            line("error", "answers/a.rs", "mine"),
            line("error", "t.rs", "not mine"),
            "garbage".into(),
        ]
        .join("\n");
        let text = explain(
            &messages(&json, Path::new("/home/x")),
            Path::new("/home/x/answers/a.rs"),
            "double",
            SKELETON,
        );
        assert_eq!(text, "error: mine\n --> answers/a.rs:3:1");
    }

    #[test]
    fn only_the_first_errors_are_shown() {
        let json = ["first", "second", "third", "fourth"]
            .map(|text| line("error", "answers/a.rs", text))
            .join("\n");
        let text = explain(
            &messages(&json, Path::new("/home/x")),
            Path::new("/home/x/answers/a.rs"),
            "double",
            SKELETON,
        );
        assert!(text.contains("second") && !text.contains("third"), "{text}");
        assert!(text.ends_with("and 2 errors more: mend these first."), "{text}");
    }

    #[test]
    fn a_missing_function_is_named_with_its_signature() {
        let json =
            line("error", "t.rs", "cannot find value `double` in module `answer_0`");
        let text = explain(
            &messages(&json, Path::new("/home/x")),
            Path::new("/home/x/answers/a.rs"),
            "double",
            SKELETON,
        );
        assert!(
            text.contains("cannot find value `double` in module `your file`"),
            "{text}"
        );
        let needed = "    pub fn double(x: f64) -> f64\n\n    pub fn half(\n        x: f64,\n    ) -> f64\n";
        assert!(text.contains(needed), "{text}");
        assert!(text.contains("reset double"), "{text}");
    }

    #[test]
    fn a_file_that_cannot_be_rust_is_told_of_without_the_compiler() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.rs");
        let told = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            illegible(&path, "double").unwrap_or_default()
        };
        assert_eq!(told(b"fn f() {}"), "");
        assert!(told(b" \n").contains("empty") && told(b"").contains("reset double"));
        assert!(told(b"fn f() {}\n// caf\xe9\n").starts_with("Line 2 is not UTF-8"));
        std::fs::remove_file(&path).unwrap();
        assert!(illegible(&path, "double").unwrap().contains("cannot be read"));
    }

    #[test]
    fn warnings_alone_are_no_errors() {
        let found =
            messages(&line("warning", "answers/a.rs", "unused"), Path::new("/home/x"));
        assert_eq!(found.len(), 1);
        assert!(!found[0].error);
    }
}
