//! The kernels of the experiments, `examples/NN_STEM/*.cu`: each serves one chapter alone.

use super::committed::files_in;
use super::from_here;
use super::source::{Source, same};
use gradus_course::{Chapter, Course};
use std::path::{Path, PathBuf};

/// The folder of a chapter's experiment.
pub fn folder(course: &Course, chapter: &Chapter) -> PathBuf {
    from_here(&course.root.join("examples").join(chapter.target()))
}

/// Every kernel of every experiment.
pub fn all(course: &Course, kernels: &Path) -> anyhow::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for chapter in course.chapters() {
        let folder = folder(course, chapter);
        if !folder.is_dir() {
            continue;
        }
        for path in files_in(&folder, "cu")? {
            sources.push(Source::of_experiment(&chapter.target(), &path, kernels)?);
        }
    }
    Ok(sources)
}

/// The one called `name`, or whose file that is; none if it is no experiment's.
pub fn named(
    course: &Course,
    kernels: &Path,
    name: &Path,
) -> anyhow::Result<Vec<Source>> {
    let mut sources = all(course, kernels)?;
    sources.retain(|source| Path::new(&source.name) == name || same(&source.path, name));
    Ok(sources)
}
