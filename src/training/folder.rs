//! The folder of a run: what lies where, and that only one run at a time uses it.

use crate::{Error, Result};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// A folder that belongs to one trainer for as long as this lives.
pub(super) struct Folder {
    path: PathBuf,
    /// Locked. The system lets go of it when the process ends, however it ends.
    _lock: File,
}

impl Folder {
    /// Makes the folder if there is none, and takes it.
    ///
    /// # Errors
    /// When it cannot be written to, or another trainer has it.
    pub(super) fn take(path: &Path) -> Result<Folder> {
        let lock = path.join("lock");
        let failed = |source| Error::File { action: "write", path: lock.clone(), source };
        std::fs::create_dir_all(path).map_err(failed)?;
        let file = File::create(&lock).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Folder { path: path.into(), _lock: file }),
            Err(TryLockError::WouldBlock) => Err(Error::Folder {
                path: path.into(),
                what: "another trainer is at work in it: wait for its end, or choose another \
                       folder"
                    .into(),
            }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// Where the run can be taken up again.
    pub(super) fn checkpoint(&self) -> PathBuf {
        self.path.join("checkpoint.safetensors")
    }

    /// The weights of the best evaluation.
    pub(super) fn best(&self) -> PathBuf {
        self.path.join("best.safetensors")
    }

    /// A line for every update and every evaluation.
    pub(super) fn metrics(&self) -> PathBuf {
        self.path.join("metrics.jsonl")
    }

    /// Refuses a folder where another run has already come some way.
    pub(super) fn must_be_fresh(&self) -> Result<()> {
        if !self.checkpoint().exists() {
            return Ok(());
        }
        Err(Error::Folder {
            path: self.path.clone(),
            what: "there is a checkpoint in it: call `resume` to go on from there, or choose \
                   another folder"
                .into(),
        })
    }
}
