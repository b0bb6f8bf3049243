//! `--save N=FILE.npy`: what a buffer holds after the run, as a NumPy file.

use crate::argument::{Given, Memory};
use crate::{Result, npy};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// One such wish.
#[derive(Clone)]
pub struct Save {
    /// The argument, from 0.
    pub argument: usize,
    /// The file.
    pub path: PathBuf,
}

impl Save {
    /// Reads `N=FILE.npy`.
    pub fn parse(text: &str) -> Result<Save> {
        let parts = text.split_once('=').filter(|(_, path)| !path.is_empty());
        let save = parts.and_then(|(number, path)| {
            let argument = number.parse().ok()?;
            Some(Save { argument, path: PathBuf::from(path) })
        });
        save.ok_or_else(|| {
            "it is written N=FILE.npy, N counting arguments from 0, as in 1=y.npy"
                .to_string()
        })
    }
}

/// Refuses, before anything runs, what could not be saved afterwards.
pub fn possible(saves: &[Save], given: &[Given]) -> Result<()> {
    for (at, save) in saves.iter().enumerate() {
        let Save { argument, path } = save;
        let name = format!("--save {argument}={}", path.display());
        match given.get(*argument) {
            Some(Given::Buffer(_)) => {}
            Some(_) => return Err(format!("{name}: argument {argument} is no buffer")),
            None => {
                let many = given.len();
                return Err(format!(
                    "{name}: there are {many} arguments, counted from 0"
                ));
            }
        }
        if saves[..at].iter().any(|other| other.path == *path) {
            return Err(format!("{name}: another --save writes the same file"));
        }
        if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
            return Err(format!("{name}: this is no file that could be replaced"));
        }
        if path.file_name().is_none() || !folder(path).is_dir() {
            return Err(format!("{name}: there is no folder for this file"));
        }
    }
    Ok(())
}

/// Writes one file: beside it first, then under its name, so that nobody sees half of it.
pub fn write(path: &Path, memory: &Memory, bytes: &[u8]) -> Result<()> {
    // A link stays a link: the file that it points to is replaced.
    let path = fs::canonicalize(path).unwrap_or(path.to_path_buf());
    let named = |error: std::io::Error| format!("{}: {error}", path.display());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder(&path).join(format!(".{name}.{}.part", std::process::id()));
    let contents = npy::file(&memory.descr, &memory.shape, bytes);
    let written = File::create_new(&beside)
        .and_then(|mut file| file.write_all(&contents).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, &path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        named(error)
    })
}

fn folder(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(Path::new("."));
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}
