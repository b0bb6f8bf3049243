//! Reading with an error that names the file, and writing without ever leaving half a
//! file.

use crate::{Error, Result};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Reads a text file; the error names it.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|source| Error::File {
        action: "read",
        path: path.into(),
        source,
    })
}

/// The source of an experiment: the Rust files of its folder, one after the other, in the
/// order of their names. Results carry the hash of this text.
///
/// # Errors
/// When the folder or a file cannot be read, or there is no Rust file.
pub fn sources(folder: &Path) -> Result<String> {
    let failed = |source| Error::File {
        action: "read the Rust files of",
        path: folder.into(),
        source,
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    if paths.is_empty() {
        return Err(failed(std::io::ErrorKind::NotFound.into()));
    }
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

/// Writes beside `path` and renames, so that `path` holds the old text or the new, never
/// a part.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let attempt = || {
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut beside = tempfile::NamedTempFile::new_in(folder)?;
        beside.write_all(text.as_bytes())?;
        beside.as_file().sync_all()?;
        // A rename would replace even a file that its owner made read-only: respect that.
        if std::fs::metadata(path).is_ok_and(|file| file.permissions().readonly()) {
            return Err(std::io::Error::new(
                std::io::ErrorKind::PermissionDenied,
                "the file is read-only",
            ));
        }
        open_to_others(beside.as_file())?;
        beside.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    attempt().map_err(|source| Error::File { action: "write", path: path.into(), source })
}

/// Temporary files are private to their owner; the reader's files should be as any other
/// file.
#[cfg(unix)]
fn open_to_others(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_others(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// The first of `name`, `name.1`, `name.2`, … (before the extension) that does not exist
/// yet.
pub fn unused(path: &Path, label: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let extension =
        path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    (1..)
        .map(|n| path.with_file_name(format!("{stem}.{label}-{n}{extension}")))
        .find(|candidate| !candidate.exists())
        .expect("one of infinitely many names is free")
}
