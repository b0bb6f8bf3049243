//! Builds answers with their checks. Everything but the answers is compiled once, in a target directory of its own,
//! so that no editor and no other build holds the lock when a reader saves.

use anyhow::{Context, bail};
use gradus_course::table::{self, Entry};
use gradus_course::{Course, files};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

/// A build that has ended.
pub enum Build {
    /// The program that runs the checks.
    Ready(PathBuf),
    /// The compiler's messages about the answers.
    Failed(Vec<Message>),
}

/// The folder of everything that is built for readers.
pub fn folder(course: &Course) -> PathBuf {
    course.root.join("target/learn")
}

/// Whether the library was built for checks before, so that a build takes a second and not a minute.
pub fn is_warm(course: &Course) -> bool {
    program(course).exists()
}

fn program(course: &Course) -> PathBuf {
    folder(course).join("debug").join(format!("leaf{}", std::env::consts::EXE_SUFFIX))
}

/// Links `entries` to their checks. `name` keeps the tables of different callers apart.
///
/// # Errors
/// When the build cannot start, or fails for another reason than the answers.
pub fn build(course: &Course, name: &str, entries: &[Entry]) -> anyhow::Result<Build> {
    let path = folder(course).join("tables").join(format!("{name}.rs"));
    let source = table::render(entries)?;
    if files::read(&path).ok().as_ref() != Some(&source) {
        files::write(&path, &source)?;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let rendering = if crate::screen::colour() { "json-diagnostic-rendered-ansi" } else { "json" };
    let output = Command::new(&cargo)
        .current_dir(&course.root)
        .args(["build", "--package", "gradus-exercises", "--bin", "leaf", "--features", "leaf", "--quiet"])
        .arg("--message-format")
        .arg(rendering)
        .arg("--target-dir")
        .arg(folder(course))
        .env("GRADUS_TABLE", &path)
        // A target directory, flags or a wrapper of the caller's own would cost a rebuild, or find no program.
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}: is Rust installed?", cargo.display()))?;
    let messages = messages(&String::from_utf8_lossy(&output.stdout), &course.root);
    if output.status.success() {
        return Ok(Build::Ready(program(course)));
    }
    if messages.iter().any(|message| message.error) {
        return Ok(Build::Failed(messages));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    bail!("the build failed, and not because of the answer:\n{}", said.trim())
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

/// The messages that have a place, from cargo's lines of JSON.
fn messages(json: &str, root: &Path) -> Vec<Message> {
    let diagnostics = json.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()?.message);
    let with_place = diagnostics.filter_map(|diagnostic| {
        let span = diagnostic.spans.iter().find(|span| span.is_primary)?;
        Some(Message {
            file: root.join(&span.file_name),
            error: diagnostic.level == "error",
            rendered: shortened(&diagnostic.rendered.unwrap_or_default(), root),
            summary: diagnostic.message,
        })
    });
    with_place.collect()
}

/// Paths relative to the checkout.
fn shortened(text: &str, root: &Path) -> String {
    text.replace(&format!("{}{}", root.display(), std::path::MAIN_SEPARATOR), "")
}

/// What to tell a reader whose answer does not compile: the messages about their own file, or, when only the table
/// complains, which function is missing or has another signature.
pub fn explain(messages: &[Message], answer: &Path, skeleton: &str) -> String {
    let errors = || messages.iter().filter(|message| message.error);
    let same = |file: &Path| {
        file == answer || file.canonicalize().is_ok_and(|file| Some(file) == answer.canonicalize().ok())
    };
    let own: Vec<_> =
        errors().filter(|message| same(&message.file)).map(|message| message.rendered.trim_end()).collect();
    if !own.is_empty() {
        return own.join("\n\n");
    }
    let said: Vec<_> = errors().map(|message| message.summary.as_str()).collect();
    let signatures: String = signatures(skeleton).iter().map(|line| format!("    {line}\n")).collect();
    format!(
        "The check cannot call your answer: {}.\nIt needs, with exactly this signature:\n\n{signatures}\n\
         `cargo gradus reset` writes it anew, and keeps a copy of what you have.",
        said.join("; ").replace("answer_0", "your file")
    )
}

/// The public functions of a skeleton, without their bodies.
fn signatures(skeleton: &str) -> Vec<String> {
    let functions = skeleton.split("pub fn ").skip(1);
    functions
        .map(|rest| format!("pub fn {}", rest.split(" {\n").next().unwrap_or(rest).replace('\n', " ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(level: &str, file: &str, text: &str) -> String {
        let span = serde_json::json!({ "file_name": file, "is_primary": true });
        let rendered = format!("{level}: {text}\n --> /home/x/{file}:3:1");
        let message =
            serde_json::json!({ "level": level, "message": text, "rendered": rendered, "spans": [span] });
        serde_json::json!({ "reason": "compiler-message", "message": message }).to_string()
    }

    const SKELETON: &str = "//! T\n\npub fn double(x: f64) -> f64 {\n    todo!()\n}\n";

    #[test]
    fn only_the_readers_own_file_is_shown() {
        let json =
            [line("error", "answers/a.rs", "mine"), line("error", "t.rs", "not mine"), "garbage".into()]
                .join("\n");
        let text =
            explain(&messages(&json, Path::new("/home/x")), Path::new("/home/x/answers/a.rs"), SKELETON);
        assert_eq!(text, "error: mine\n --> answers/a.rs:3:1");
    }

    #[test]
    fn a_missing_function_is_named_with_its_signature() {
        let json = line("error", "t.rs", "cannot find value `double` in module `answer_0`");
        let text =
            explain(&messages(&json, Path::new("/home/x")), Path::new("/home/x/answers/a.rs"), SKELETON);
        assert!(text.contains("cannot find value `double` in module `your file`"), "{text}");
        assert!(text.contains("    pub fn double(x: f64) -> f64\n"), "{text}");
    }

    #[test]
    fn warnings_alone_are_no_errors() {
        let found = messages(&line("warning", "answers/a.rs", "unused"), Path::new("/home/x"));
        assert_eq!(found.len(), 1);
        assert!(!found[0].error);
    }
}
