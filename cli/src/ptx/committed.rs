//! The PTX that is committed: written, compared, and tied to its sources.

use super::experiments;
use super::source::text_of;
use crate::screen::mark;
use anyhow::Context;
use gradus_course::{Course, files};
use std::path::{Path, PathBuf};

/// The files in `folder` with this extension, by name.
pub fn files_in(folder: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let cannot = || format!("cannot read the folder {}", folder.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(cannot)? {
        paths.push(entry.with_context(cannot)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|own| own == extension));
    paths.sort();
    Ok(paths)
}

/// Whether a committed file is what its source compiles to.
pub fn check(path: &Path, ptx: &str, name: &str) -> bool {
    let committed = text_of(path).unwrap_or_default();
    let lines = committed.lines().zip(ptx.lines());
    let differ = 1 + lines.take_while(|(one, other)| one == other).count();
    let good = committed == ptx;
    match good {
        true => println!("{} {}", mark(true), path.display()),
        false => println!(
            "{} {} is not what its source compiles to, from line {differ} on: run `cargo ptx \
             {name}`, and commit what it writes",
            mark(false),
            path.display()
        ),
    }
    good
}

/// Writes what was made, if it is another than what is there.
pub fn write(path: &Path, ptx: &str) -> anyhow::Result<()> {
    let done = if text_of(path).is_ok_and(|old| old == *ptx) {
        "is as it was"
    } else {
        files::write(path, ptx)?;
        "is new"
    };
    println!("{} {done}", path.display());
    Ok(())
}

/// Committed PTX whose source is gone, each told of.
pub fn orphans(course: &Course, kernels: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let source_of_kernel = |stem: &Path| kernels.join(stem).with_extension("cu");
    let mut orphans = without_source(&kernels.join("ptx"), source_of_kernel)?;
    for chapter in course.chapters() {
        let folder = experiments::folder(course, chapter);
        let source = |stem: &Path| folder.join(stem).with_extension("cu");
        orphans.extend(without_source(&folder.join("ptx"), source)?);
    }
    for exercise in course.exercises() {
        let source = |stem: &Path| match stem.to_str() {
            Some("skeleton" | "solution") => exercise.folder.join("solution.cu"),
            _ => exercise.folder.join("wrong").join(stem).with_extension("cu"),
        };
        orphans.extend(without_source(&exercise.folder.join("ptx"), source)?);
    }
    for path in &orphans {
        println!("{} {} has no source: delete it", mark(false), path.display());
    }
    Ok(orphans)
}

/// The PTX in `folder` whose source, found by its stem, is not there.
fn without_source(
    folder: &Path,
    source: impl Fn(&Path) -> PathBuf,
) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = if folder.is_dir() { files_in(folder, "ptx")? } else { vec![] };
    paths.retain(|path| {
        !source(Path::new(path.file_stem().unwrap_or_default())).is_file()
    });
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ptx::{PINNED, sources};

    /// Needs no compiler: the head of each committed file has the hashes of its sources.
    #[test]
    fn committed_ptx_comes_from_the_sources_that_are_here() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let (course, kernels) = (Course::load(&root).unwrap(), root.join("kernels"));
        assert_eq!(orphans(&course, &kernels).unwrap(), Vec::<PathBuf>::new());
        let sources = sources(&course, &kernels, &[]).unwrap();
        let own = |folder| {
            move |ptx: &Path| ptx.components().any(|part| part.as_os_str() == folder)
        };
        for folder in ["kernels", "examples", "exercises"] {
            let mut committed =
                sources.iter().filter_map(|source| source.committed.as_deref());
            assert!(committed.any(own(folder)), "none of {folder}");
        }
        for source in sources {
            let path = source.committed.clone().unwrap();
            let ptx = text_of(&path)
                .unwrap_or_else(|error| panic!("{error:#}: run `cargo ptx`"));
            let [source_hash, common, pinned, flags] = [1, 2, 3, 4]
                .map(|line| ptx.lines().nth(line).unwrap_or_default().to_string());
            let path = path.display();
            assert_eq!(
                format!("{source_hash}\n{common}\n"),
                source.hashes(),
                "{path} is older than its source: run `cargo ptx {}`",
                source.name
            );
            assert_eq!(pinned, format!("// NVRTC: {}.{}", PINNED.0, PINNED.1), "{path}");
            assert_eq!(
                flags,
                format!("// flags: {}", source.options().join(" ")),
                "{path}"
            );
            for file in ptx.lines().filter(|line| line.contains(".file")) {
                let known = ["\"/kernels/", "\"/examples/", "\"/exercises/"];
                assert!(
                    known.iter().any(|folder| file.contains(folder)),
                    "{path} tells where it was made: {file}"
                );
            }
        }
    }
}
