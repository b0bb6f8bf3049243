//! The kernels of the exercises, and the reader's: as sources for the compiler, and as the
//! PTX that a check runs.

use super::nvrtc::Nvrtc;
use super::source::{Source, text_of};
use super::{find, from_here, kernels};
use crate::screen::{width, wrap};
use anyhow::{Context, anyhow, bail};
use gradus_course::{Course, Exercise, files};
use std::path::{Path, PathBuf};

/// Every variant of every kernel exercise whose PTX is committed.
pub fn all(course: &Course, kernels: &Path) -> anyhow::Result<Vec<Source>> {
    let exercises = course.exercises().into_iter().filter(Exercise::is_kernel);
    let sources = exercises.map(|exercise| variants(&exercise, kernels));
    Ok(sources.collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// Those of the exercise, or the one variant (`coalesce/solution`), called `name`; none if
/// it is no kernel exercise's.
pub fn named(
    course: &Course,
    kernels: &Path,
    name: &Path,
) -> anyhow::Result<Vec<Source>> {
    let name = name.to_string_lossy();
    let own = name.split('/').next().unwrap_or_default();
    let found = course.exercises().into_iter().filter(Exercise::is_kernel);
    let Some(exercise) = found.into_iter().find(|exercise| exercise.name == own) else {
        return Ok(vec![]);
    };
    let mut sources = variants(&exercise, kernels)?;
    sources.retain(|source| own == name || source.name == name);
    Ok(sources)
}

/// Skeleton, solution and wrong answers.
fn variants(exercise: &Exercise, kernels: &Path) -> anyhow::Result<Vec<Source>> {
    let exercise = &Exercise { folder: from_here(&exercise.folder), ..exercise.clone() };
    let solution = exercise.solution();
    let skeleton = exercise.skeleton_alone()?;
    let one = |variant: &str, path: &Path, text: &str| {
        Source::of_exercise(exercise, variant, path, text, kernels)
    };
    let mut sources = vec![
        one("skeleton", &solution, &skeleton)?,
        one("solution", &solution, &text_of(&solution)?)?,
    ];
    for wrong in exercise.wrong_answers()? {
        sources.push(one(&wrong.name, &wrong.path, &text_of(&wrong.path)?)?);
    }
    Ok(sources)
}

/// The committed PTX of a variant, for whoever proves it.
///
/// # Errors
/// When there is none, or it is older than its source.
pub fn committed(
    course: &Course,
    exercise: &Exercise,
    variant: &str,
) -> anyhow::Result<PathBuf> {
    let sources = variants(exercise, &kernels(course))?;
    let name = format!("{}/{variant}", exercise.name);
    let own = sources.iter().find(|source| source.name == name);
    let source = own.with_context(|| format!("there is no variant {name}"))?;
    let path = exercise.ptx(variant);
    let shown = from_here(&path);
    if !text_of(&path).is_ok_and(|ptx| source.made(&ptx)) {
        bail!("{} is older than its source: run `cargo ptx {name}`", shown.display());
    }
    Ok(path)
}

/// What came of a reader's file.
pub enum Compiled {
    /// The PTX.
    Ptx(String),
    /// The compiler's messages, with the lines of the reader's file.
    Failed(String),
}

/// Compiles CUDA C for the check of an exercise. One compiler serves many files.
pub struct Compiler<'a> {
    course: &'a Course,
    nvrtc: Nvrtc,
    version: (i32, i32),
}

impl Compiler<'_> {
    /// The compiler that is found here.
    ///
    /// # Errors
    /// When there is none: the message says how to get it.
    pub fn find(course: &Course) -> anyhow::Result<Compiler<'_>> {
        let nvrtc = find::nvrtc(None)?;
        let version = nvrtc.version()?;
        Ok(Compiler { course, nvrtc, version })
    }

    /// Compiles `text`, which the reader knows as the file `path`.
    ///
    /// # Errors
    /// When the compiler itself fails; what is wrong in the text is no error.
    pub fn compile(
        &self,
        exercise: &Exercise,
        path: &Path,
        text: &str,
    ) -> anyhow::Result<Compiled> {
        if let Some((before, _)) = text.split_once('\0') {
            let line = 1 + before.matches('\n').count();
            let told = format!("{}:{line}: the character NUL\n", path.display());
            return Ok(Compiled::Failed(told));
        }
        let kernels = kernels(self.course);
        let source = Source::of_exercise(exercise, "answer", path, text, &kernels);
        let prepared = source.and_then(|source| Ok((source.whole()?, source)));
        let (whole, source) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return Ok(Compiled::Failed(format!("{error:#}\n"))),
        };
        let options = source.options();
        let options = options.each_ref().map(String::as_str);
        let compiled = self.nvrtc.compile(&whole, &source.virtual_name(), &options)?;
        Ok(match compiled.ptx {
            Some(ptx) => Compiled::Ptx(source.finished(&ptx, self.version)),
            None => Compiled::Failed(source.readable(&compiled.log)),
        })
    }
}

/// The PTX of the reader's file. A file that is a committed variant to the letter has its PTX
/// already: so the solution and the wrong answers can be tried where there is no compiler.
///
/// # Errors
/// When there is no compiler.
pub fn answer(
    course: &Course,
    exercise: &Exercise,
    path: &Path,
) -> anyhow::Result<Compiled> {
    let text = text_of(path)?;
    let known = variants(exercise, &kernels(course))?;
    let known = known.iter().filter(|source| source.is(&text));
    for source in known {
        let ptx = source.committed.as_deref().map(text_of);
        if let Some(Ok(ptx)) = ptx
            && source.made(&ptx)
        {
            return Ok(Compiled::Ptx(ptx));
        }
    }
    let shown = path.strip_prefix(&course.root).unwrap_or(path);
    let compiler = Compiler::find(course).map_err(|why| {
        anyhow!("{}", wrap(&without_compiler(exercise, &why), width(), 0))
    });
    compiler?.compile(exercise, shown, &text)
}

/// How a reader gets the compiler, and what can be done without.
fn without_compiler(exercise: &Exercise, why: &anyhow::Error) -> String {
    let Exercise { name, chapter, .. } = exercise;
    let wrong = exercise.wrong_answers().unwrap_or_default();
    let wrong = wrong.first().map_or("…", |wrong| wrong.name.as_str());
    format!(
        "`{name}` is written in CUDA C, and to try your answer it must be compiled. {why:#}.\n\n\
         The solution and the wrong answers are compiled already. So you can read the one, \
         and see what becomes of the others:\n\n    cargo gradus solution {name} --force\n    \
         cargo gradus check {name} --answer exercises/{chapter}/{name}/wrong/{wrong}.cu"
    )
}

/// Where the PTX of a reader's file, or of a mutant, is kept for the check.
pub fn keep(folder: &Path, name: &str, ptx: &str) -> anyhow::Result<PathBuf> {
    let path = folder.join(format!("{name}.ptx"));
    if files::read(&path).ok().as_deref() != Some(ptx) {
        files::write(&path, ptx)?;
    }
    Ok(path)
}
