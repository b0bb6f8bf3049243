//! Builds answers with their checks. Everything but the answers is compiled once, in a
//! target directory of its own, so that no editor and no other build holds the lock when
//! a reader saves.

use crate::diagnosis::{self, Message};
use anyhow::{Context, bail};
use gradus_course::table::{self, Entry};
use gradus_course::{Course, files};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A build that has ended.
pub enum Build {
    /// The program that runs the checks, and the compiler's warnings.
    Ready(Program, Vec<Message>),
    /// The compiler's messages about the answers.
    Failed(Vec<Message>),
}

/// A built program. It is a copy of its own: another `gradus` may build another `leaf` at
/// any moment, and a check that ran the wrong one would condemn a right answer, or count
/// a mutant as rejected.
pub struct Program {
    path: PathBuf,
    /// Locked while this value lives, so that others see that the folder is in use.
    _in_use: File,
    _folder: TempDir,
}

impl Program {
    /// Where it lies, as long as this value lives.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn copy(built: &Path, folder: &Path) -> std::io::Result<Program> {
        let folder = tempfile::Builder::new().prefix(PROGRAM).tempdir_in(folder)?;
        let path = folder.path().join(format!("leaf{}", std::env::consts::EXE_SUFFIX));
        let in_use = File::create(folder.path().join(IN_USE))?;
        in_use.lock()?;
        std::fs::copy(built, &path)?;
        Ok(Program { path, _in_use: in_use, _folder: folder })
    }

    /// Removes the copies of those that were killed. Whoever calls this has the turn, so
    /// that no copy is just being made.
    fn sweep(folder: &Path) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let copy = entry.path();
            let lives = || {
                File::open(copy.join(IN_USE)).is_ok_and(|file| file.try_lock().is_err())
            };
            if entry.file_name().to_string_lossy().starts_with(PROGRAM) && !lives() {
                // What cannot be removed now is removed next time.
                let _ = std::fs::remove_dir_all(&copy);
            }
        }
    }
}

const PROGRAM: &str = "program-";
const IN_USE: &str = "in-use";

/// The folder of everything that is built for readers.
pub fn folder(course: &Course) -> PathBuf {
    course.root.join("target/learn")
}

/// Whether the library was built for checks before, so that a build takes a second and
/// not a minute or two.
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
    Program::sweep(&folder(course));
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
    let messages =
        diagnosis::messages(&String::from_utf8_lossy(&output.stdout), &course.root);
    if output.status.success() {
        let copy =
            Program::copy(&program(course), &folder(course)).with_context(failed)?;
        return Ok(Build::Ready(copy, messages));
    }
    // The table complains where an answer lacks a function, or gives it another type.
    let sources = entries.iter().map(|entry| entry.source.as_path());
    let ours: Vec<&Path> = sources.chain([path.as_path()]).collect();
    let errors = || messages.iter().filter(|message| message.error);
    if errors().any(|message| ours.iter().any(|file| message.is_about(file))) {
        return Ok(Build::Failed(messages));
    }
    let said = errors().map(|message| message.rendered.trim_end());
    let said = said.chain([str::from_utf8(&output.stderr).unwrap_or_default().trim()]);
    bail!(
        "the build failed, and not because of the answer:\n\n{}",
        said.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_copies_of_those_that_were_killed_are_swept_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let built = folder.path().join("leaf");
        std::fs::write(&built, "one").unwrap();
        let living = Program::copy(&built, folder.path()).unwrap();
        let dead = folder.path().join("program-dead");
        files::write(&dead.join(IN_USE), "").unwrap();
        Program::sweep(folder.path());
        assert!(living.path().exists() && built.exists() && !dead.exists());
    }
}
