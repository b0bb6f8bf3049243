//! A file that is the old one or the new one, whatever happens while it is written.

use crate::{Error, Result};
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Puts `contents` into the file `path`: beside it first, with `.part` added to its name,
/// down to the disk, then renamed. A reader, or the next start after a power cut, finds the
/// old file or the new one, whole. Missing folders are made.
///
/// # Errors
/// When something cannot be written. The old file is then as it was, and what was begun
/// beside it is removed.
pub fn replace(path: &Path, contents: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let beside = path.with_added_extension("part");
    // ANCHOR: replace
    let attempt = || {
        std::fs::create_dir_all(folder)?;
        let mut file = File::create(&beside)?;
        file.write_all(contents)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    };
    // ANCHOR_END: replace
    attempt().map_err(|source| {
        // What could not be finished is of no use.
        let _ = std::fs::remove_file(&beside);
        Error::File { action: "write", path: path.into(), source }
    })?;
    // The new name is an entry in the folder, which should reach the disk too. Not every
    // system lets a program ask for that (Windows does not): the file is there anyway.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}
