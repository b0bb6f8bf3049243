//! Builds answers with their checks. Everything but the answers is compiled once, in a
//! target directory of its own, so that no editor and no other build holds the lock when
//! a reader saves.

use anyhow::{Context, bail};
use gradus_course::table::{self, Entry};
use gradus_course::{Course, files};
use serde::Deserialize;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

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
    Ready(Program),
    /// The compiler's messages about the answers.
    Failed(Vec<Message>),
}

/// A built program. It is a copy of its own: another `gradus` may build another `leaf` at
/// any moment, and a check that ran the wrong one would condemn a right answer, or count
/// a mutant as rejected.
pub struct Program {
    path: PathBuf,
    _folder: TempDir,
}

impl Program {
    /// Where it lies, as long as this value lives.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn copy(built: &Path, folder: &Path) -> std::io::Result<Program> {
        let folder = tempfile::Builder::new().prefix("program-").tempdir_in(folder)?;
        let path = folder.path().join(format!("leaf{}", std::env::consts::EXE_SUFFIX));
        std::fs::copy(built, &path)?;
        Ok(Program { path, _folder: folder })
    }
}

/// The folder of everything that is built for readers.
pub fn folder(course: &Course) -> PathBuf {
    course.root.join("target/learn")
}

/// Whether the library was built for checks before, so that a build takes a second and
/// not a minute.
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
    let failed = || format!("cannot write in {}", folder(course).display());
    std::fs::create_dir_all(folder(course)).with_context(failed)?;
    // One at a time, from the table to the copy. The lock ends with the file.
    let turn = File::create(folder(course).join("turn.lock")).with_context(failed)?;
    turn.lock().with_context(failed)?;
    let path = folder(course).join("tables").join(format!("{name}.rs"));
    let source = table::render(entries)?;
    if files::read(&path).ok().as_ref() != Some(&source) {
        files::write(&path, &source)?;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let rendering =
        if crate::screen::colour() { "json-diagnostic-rendered-ansi" } else { "json" };
    let output = Command::new(&cargo)
        .current_dir(&course.root)
        .args([
            "build",
            "--package",
            "gradus-exercises",
            "--bin",
            "leaf",
            "--features",
            "leaf",
            "--quiet",
        ])
        .arg("--message-format")
        .arg(rendering)
        .arg("--target-dir")
        .arg(folder(course))
        .env("GRADUS_TABLE", &path)
        // A target directory, flags or a wrapper of the caller's own would cost a
        // rebuild, or find no program.
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null())
        .output()
        .with_context(|| {
            format!("cannot start {}: is Rust installed?", cargo.display())
        })?;
    let messages = messages(&String::from_utf8_lossy(&output.stdout), &course.root);
    if output.status.success() {
        let copy =
            Program::copy(&program(course), &folder(course)).with_context(failed)?;
        return Ok(Build::Ready(copy));
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
    let diagnostics =
        json.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()?.message);
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

/// What to tell a reader whose answer does not compile: the messages about their own
/// file, or, when only the table complains, which function is missing or has another
/// signature.
pub fn explain(messages: &[Message], answer: &Path, skeleton: &str) -> String {
    let errors = || messages.iter().filter(|message| message.error);
    let same = |file: &Path| {
        file == answer
            || file
                .canonicalize()
                .is_ok_and(|file| Some(file) == answer.canonicalize().ok())
    };
    let own: Vec<_> = errors()
        .filter(|message| same(&message.file))
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
    let said: Vec<_> = errors().map(|message| message.summary.as_str()).collect();
    let signatures: String =
        signatures(skeleton).iter().map(|line| format!("    {line}\n")).collect();
    format!(
        "The check cannot call your answer: {}.\nIt needs, with exactly this signature:\n\n{signatures}\n\
         `cargo gradus reset` writes it anew, and keeps a copy of what you have.",
        said.join("; ").replace("answer_0", "your file")
    )
}

/// How many errors are shown: the first tell the cause, the others often follow from it.
const SHOWN: usize = 2;

/// The public functions of a skeleton, without their bodies.
fn signatures(skeleton: &str) -> Vec<String> {
    let functions = skeleton.split("pub fn ").skip(1);
    functions
        .map(|rest| {
            format!(
                "pub fn {}",
                rest.split(" {\n").next().unwrap_or(rest).replace('\n', " ")
            )
        })
        .collect()
}

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

    const SKELETON: &str = "//! T\n\npub fn double(x: f64) -> f64 {\n    todo!()\n}\n";

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
            SKELETON,
        );
        assert!(text.contains("second") && !text.contains("third"), "{text}");
        assert!(text.ends_with("and 2 errors more: mend these first."), "{text}");
    }

    #[test]
    fn a_program_is_a_copy_that_ends_with_its_value() {
        let folder = tempfile::tempdir().unwrap();
        let built = folder.path().join("leaf");
        std::fs::write(&built, "one").unwrap();
        let program = Program::copy(&built, folder.path()).unwrap();
        std::fs::write(&built, "another").unwrap();
        assert_eq!(files::read(program.path()).unwrap(), "one");
        let path = program.path().to_path_buf();
        drop(program);
        assert!(!path.exists());
    }

    #[test]
    fn a_missing_function_is_named_with_its_signature() {
        let json =
            line("error", "t.rs", "cannot find value `double` in module `answer_0`");
        let text = explain(
            &messages(&json, Path::new("/home/x")),
            Path::new("/home/x/answers/a.rs"),
            SKELETON,
        );
        assert!(
            text.contains("cannot find value `double` in module `your file`"),
            "{text}"
        );
        assert!(text.contains("    pub fn double(x: f64) -> f64\n"), "{text}");
    }

    #[test]
    fn warnings_alone_are_no_errors() {
        let found =
            messages(&line("warning", "answers/a.rs", "unused"), Path::new("/home/x"));
        assert_eq!(found.len(), 1);
        assert!(!found[0].error);
    }
}
