//! The reader's own files: `answers/CHAPTER/EXERCISE.rs` (or `.cu`) and `answers/progress.json`.
//! Nothing here is ever overwritten without a copy beside it.

use crate::{Error, Exercise, Result, files};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The reader's folder.
#[derive(Debug, Clone)]
pub struct Answers {
    folder: PathBuf,
}

/// What is remembered between sessions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The exercises whose answers passed when they were tried last.
    #[serde(default)]
    pub solved: Vec<String>,
    /// How many hints of an exercise were shown.
    #[serde(default)]
    pub hints: BTreeMap<String, usize>,
    /// What a newer version may have written.
    #[serde(flatten)]
    pub other: serde_json::Map<String, serde_json::Value>,
}

impl Answers {
    /// The reader's folder in the checkout at `root`.
    pub fn new(root: &Path) -> Answers {
        Answers { folder: root.join("answers") }
    }

    /// Where the answer to `exercise` lies.
    pub fn path(&self, exercise: &Exercise) -> PathBuf {
        let file = format!("{}.{}", exercise.name, exercise.extension());
        self.folder.join(&exercise.chapter).join(file)
    }

    /// The path of the answer, after writing the skeleton there if there was no file.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn ensure(&self, exercise: &Exercise) -> Result<PathBuf> {
        let path = self.path(exercise);
        if !path.exists() {
            files::write(&path, &exercise.skeleton()?)?;
        }
        Ok(path)
    }

    /// Starts over: moves the answer to a copy beside it and writes the skeleton. Returns
    /// the copy, if there was an answer.
    ///
    /// # Errors
    /// When the folder cannot be written; the answer is then still where it was, or in
    /// the copy.
    pub fn reset(&self, exercise: &Exercise) -> Result<Option<PathBuf>> {
        let (path, skeleton) = (self.path(exercise), exercise.skeleton()?);
        let copy = path.exists().then(|| files::unused(&path, "before-reset"));
        if let Some(copy) = &copy {
            let failed =
                |source| Error::File { action: "copy", path: path.clone(), source };
            std::fs::copy(&path, copy).map_err(failed)?;
        }
        files::write(&path, &skeleton)?;
        Ok(copy)
    }

    fn progress_path(&self) -> PathBuf {
        self.folder.join("progress.json")
    }

    /// What is remembered. A file that cannot be understood is moved aside, and the
    /// second value says so.
    ///
    /// # Errors
    /// When the file is there but cannot be read or moved.
    pub fn progress(&self) -> Result<(Progress, Option<String>)> {
        let path = self.progress_path();
        if !path.exists() {
            return Ok((Progress::default(), None));
        }
        let failed = |action| {
            move |source| Error::File { action, path: self.progress_path(), source }
        };
        let bytes = std::fs::read(&path).map_err(failed("read"))?;
        match serde_json::from_slice(&bytes) {
            Ok(progress) => Ok((progress, None)),
            Err(error) => {
                let aside = files::unused(&path, "unreadable");
                std::fs::rename(&path, &aside).map_err(failed("move"))?;
                let message = format!(
                    "{} could not be understood ({error}): it is kept as {}. Your answers are untouched; \
                     `cargo gradus check --all` finds out again which are solved.",
                    path.display(),
                    aside.display()
                );
                Ok((Progress::default(), Some(message)))
            }
        }
    }

    /// Remembers `progress`.
    ///
    /// # Errors
    /// When the folder or the file cannot be written.
    pub fn remember(&self, progress: &Progress) -> Result<()> {
        let text =
            serde_json::to_string_pretty(progress).expect("names and numbers are JSON");
        files::write(&self.progress_path(), &(text + "\n"))
    }

    /// Claims the folder for one `learn`; the claim ends with the returned file. `None`:
    /// another one has it.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn claim(&self) -> Result<Option<std::fs::File>> {
        let path = self.folder.join(".learn.lock");
        let failed = |source| Error::File { action: "write", path: path.clone(), source };
        std::fs::create_dir_all(&self.folder).map_err(failed)?;
        let file = std::fs::File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

impl Progress {
    /// Whether `exercise` was solved.
    pub fn is_solved(&self, exercise: &Exercise) -> bool {
        self.solved.contains(&exercise.name)
    }

    /// Marks `exercise` as solved or not.
    pub fn set_solved(&mut self, exercise: &Exercise, solved: bool) {
        self.solved.retain(|name| *name != exercise.name);
        if solved {
            self.solved.push(exercise.name.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> (tempfile::TempDir, Exercise) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("exercises/01-a/double");
        let text = "# T\n\nS.\n\n## Hint\n\n1\n\n## Hint\n\n2\n\n## Explanation\n\nE.\n";
        files::write(&folder.join("exercise.md"), text).unwrap();
        let solution = "fn f() {\n    // gradus: solution\n    // gradus: skeleton\n    // todo!()\n    // gradus: end\n}\n";
        let solution = solution
            .replace("    // gradus: skeleton", "    g()\n    // gradus: skeleton");
        files::write(&folder.join("solution.rs"), &solution).unwrap();
        let exercise = Exercise { name: "double".into(), chapter: "01-a".into(), folder };
        (root, exercise)
    }

    #[test]
    fn an_answer_is_never_overwritten_and_reset_keeps_a_copy() {
        let (root, exercise) = world();
        let answers = Answers::new(root.path());
        let path = answers.ensure(&exercise).unwrap();
        assert!(files::read(&path).unwrap().contains("todo!()"));
        files::write(&path, "mine").unwrap();
        assert_eq!(answers.ensure(&exercise).unwrap(), path);
        assert_eq!(files::read(&path).unwrap(), "mine");
        let first = answers.reset(&exercise).unwrap().unwrap();
        assert_eq!(files::read(&first).unwrap(), "mine");
        assert!(files::read(&path).unwrap().contains("todo!()"));
        let second = answers.reset(&exercise).unwrap().unwrap();
        assert_ne!(first, second);
        assert_eq!(files::read(&first).unwrap(), "mine");
    }

    #[test]
    fn progress_survives_a_cut_file_and_keeps_what_it_does_not_know() {
        let (root, exercise) = world();
        let answers = Answers::new(root.path());
        let (mut progress, notice) = answers.progress().unwrap();
        assert_eq!((&progress, notice), (&Progress::default(), None));
        progress.set_solved(&exercise, true);
        answers.remember(&progress).unwrap();
        assert!(answers.progress().unwrap().0.is_solved(&exercise));

        let path = answers.progress_path();
        let whole = files::read(&path).unwrap();
        for cut in 0..whole.trim_end().len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let (progress, notice) = answers.progress().unwrap();
            assert_eq!(progress, Progress::default(), "cut at {cut}");
            assert!(notice.unwrap().contains("kept as"), "cut at {cut}");
            assert!(!path.exists());
        }
        std::fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
        assert!(answers.progress().unwrap().1.is_some());

        std::fs::write(&path, r#"{"solved":["double"],"newer":7}"#).unwrap();
        let (progress, _) = answers.progress().unwrap();
        answers.remember(&progress).unwrap();
        assert!(files::read(&path).unwrap().contains("newer"));
    }

    #[test]
    fn only_one_learn_can_claim_the_folder() {
        let (root, _) = world();
        let answers = Answers::new(root.path());
        let first = answers.claim().unwrap();
        assert!(first.is_some());
        assert!(answers.claim().unwrap().is_none());
        drop(first);
        assert!(answers.claim().unwrap().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_read_only_file_is_an_error_that_names_it() {
        use std::os::unix::fs::PermissionsExt;
        let (root, exercise) = world();
        let answers = Answers::new(root.path());
        let path = answers.ensure(&exercise).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
        let message = answers.reset(&exercise).unwrap_err().to_string();
        assert!(
            message.contains("double.rs") && message.contains("read-only"),
            "{message}"
        );
    }
}
