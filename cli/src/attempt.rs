//! A check under way, in a thread of its own: keys are answered while the library is
//! built, or while an answer loops.

use crate::check::{self, Outcome};
use crate::leaf;
use gradus_course::control::Control;
use gradus_course::supervise::Limits;
use gradus_course::{Course, Exercise};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

/// What identifies a save: when the file was written, and its length. A look at it works
/// on every file system, where the system's notices do not.
pub type Stamp = (SystemTime, u64);

/// The stamp of `path`; `None` while there is no such file, as when an editor replaces
/// it.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Editors write in several goes: the stamp once the file has been still for a moment.
pub fn settled(path: &Path) -> Option<Stamp> {
    loop {
        let before = stamp(path);
        std::thread::sleep(Duration::from_millis(60));
        if stamp(path) == before {
            return before;
        }
    }
}

/// A check under way.
pub struct Attempt {
    /// What is tried.
    pub exercise: Exercise,
    since: Instant,
    warm: bool,
    control: Arc<Control>,
    thread: JoinHandle<anyhow::Result<Outcome>>,
}

impl Attempt {
    /// Begins to try the answer in `path`.
    pub fn begin(course: &Course, exercise: &Exercise, path: PathBuf) -> Attempt {
        let (warm, since) = (leaf::is_warm(course), Instant::now());
        let (all, one) = (course.clone(), exercise.clone());
        let control = Arc::new(Control::default());
        let own = control.clone();
        let thread = std::thread::spawn(move || {
            check::answer(&all, &one, &path, Limits::default(), &own)
        });
        Attempt { exercise: exercise.clone(), since, warm, control, thread }
    }

    /// A new save has come, or the reader has turned to another exercise: an answer that
    /// is running is stopped. A build is not, since the next one continues where it ends.
    pub fn give_way(&self) {
        if self.control.is_running() {
            self.control.stop();
        }
    }

    /// Whether it was stopped: then it says nothing about the answer.
    pub fn is_stopped(&self) -> bool {
        self.control.is_stopped()
    }

    /// Whether it has ended.
    pub fn is_over(&self) -> bool {
        self.thread.is_finished()
    }

    /// What is shown meanwhile. The seconds appear once they are worth showing.
    pub fn progress(&self) -> String {
        match (self.warm, self.since.elapsed().as_secs()) {
            (true, 0..=1) => "checking …".into(),
            (true, seconds) => format!("checking … {seconds} s"),
            (false, seconds) => {
                format!(
                    "building the library, once: this takes a minute or two … {seconds} s"
                )
            }
        }
    }

    /// Waits for the end.
    ///
    /// # Errors
    /// When the build fails for another reason than the answer.
    pub fn end(self) -> anyhow::Result<Outcome> {
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    /// Leaves it: an answer that is running is stopped first, a build is not waited for.
    pub fn leave(self) {
        self.control.stop();
        if self.control.is_running() {
            let _ = self.thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_changes_the_stamp_and_a_missing_file_has_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.rs");
        assert_eq!(stamp(&path), None);
        std::fs::write(&path, "one").unwrap();
        let first = settled(&path);
        assert!(first.is_some());
        std::fs::write(&path, "three").unwrap();
        assert_ne!(settled(&path), first);
    }
}
