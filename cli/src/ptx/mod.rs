//! `gradus ptx`: the kernels, and those of the experiments and exercises, compiled to the PTX
//! that is committed.
//!
//! | module | what it does |
//! |---|---|
//! | [`find`] | where NVRTC may be |
//! | [`nvrtc`] | its C interface |
//! | [`experiments`] | the kernels of the experiments |
//! | [`exercises`] | the kernels of the exercises, and the reader's |
//! | [`source`] | a `.cu` file as it goes to the compiler, and its PTX as it is committed |
//! | [`resources`] | what each kernel takes of a GPU |
//! | [`committed`] | the PTX that is committed, and whether it is the sources' |

mod committed;
pub mod exercises;
mod experiments;
mod find;
mod nvrtc;
mod resources;
mod source;

use crate::screen::mark;
use anyhow::bail;
use clap::Args;
use committed::{check, files_in, orphans, write};
use gradus_course::Course;
use nvrtc::Nvrtc;
use resources::Resources;
use source::{Source, same};
use std::path::{Path, PathBuf};

/// The NVRTC that the committed PTX is made with: another writes other PTX.
const PINNED: (i32, i32) = (12, 4);

/// What to compile, and with what.
#[derive(Args)]
pub struct Options {
    /// A kernel's name or its `.cu` file, or an exercise's name; all of `kernels/`, all
    /// experiments and all exercises if left out. What lies elsewhere is compiled to
    /// `target/ptx/`
    file: Vec<PathBuf>,
    /// Fail unless the committed PTX is to the byte what the sources compile to; write
    /// nothing
    #[arg(long)]
    check: bool,
    /// The library to compile with, libnvrtc.so.12 or nvrtc64_120_0.dll
    #[arg(long, value_name = "PATH")]
    nvrtc: Option<PathBuf>,
    /// Take another NVRTC than 12.4 for no failure; its PTX goes to `target/ptx/` all the
    /// same
    #[arg(long)]
    any_version: bool,
}

/// A source that compiled.
struct Made {
    source: Source,
    ptx: String,
    resources: Vec<Resources>,
}

/// `gradus ptx`.
pub fn ptx(course: &Course, options: &Options) -> anyhow::Result<bool> {
    let kernels = kernels(course);
    let sources = sources(course, &kernels, &options.file)?;
    let nvrtc = find::nvrtc(options.nvrtc.as_deref())?;
    let version = nvrtc.version()?;
    let mut made = Vec::new();
    for source in sources {
        match compile(&nvrtc, source, version)? {
            Ok(one) => made.push(one),
            Err(message) => {
                eprint!("{message}");
                return Ok(false);
            }
        }
    }
    let rows = made.iter().map(|one| (&one.source, one.resources.as_slice()));
    println!("{}", resources::table(rows));
    let mut good = !made.iter().flat_map(|one| &one.resources).any(Resources::spills);
    if !good {
        println!(
            "{} a kernel spills: give each thread fewer values to hold",
            mark(false)
        );
    }
    let scratch = course.root.join("target/ptx");
    for one in &made {
        let committed = one.source.committed.clone().filter(|_| version == PINNED);
        let path = match committed {
            Some(path) if options.check => {
                good &= check(&path, &one.ptx, &one.source.name);
                continue;
            }
            Some(path) => path,
            None => scratch.join(format!("{}.ptx", one.source.name)),
        };
        write(&path, &one.ptx)?;
    }
    if version != PINNED {
        let told = format!(
            "the committed PTX is made with NVRTC {}.{}, and this is {}.{}: what it made is in \
             target/ptx, and what is committed is as it was. `cargo gradus data get nvrtc` brings \
             the right one",
            PINNED.0, PINNED.1, version.0, version.1
        );
        match options.any_version {
            true => println!("{told}"),
            false => bail!("{told}"),
        }
    } else if options.check && options.file.is_empty() {
        good &= orphans(course, &kernels)?.is_empty();
    }
    Ok(good)
}

/// The folder of the kernels, from here: messages show it.
fn kernels(course: &Course) -> PathBuf {
    let here = std::env::current_dir().is_ok_and(|here| same(&here, &course.root));
    if here { "kernels".into() } else { course.root.join("kernels") }
}

/// A path as the reader sees it: from here, if it lies below.
fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_path_buf()
}

/// The one list: the sources called so, or without a name all whose PTX is committed.
fn sources(
    course: &Course,
    kernels: &Path,
    named: &[PathBuf],
) -> anyhow::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for name in named {
        let mut variants = exercises::named(course, kernels, name)?;
        variants.extend(experiments::named(course, kernels, name)?);
        let short = kernels.join(name).with_extension("cu");
        match [name.clone(), short].into_iter().find(|path| path.is_file()) {
            _ if !variants.is_empty() => sources.extend(variants),
            Some(path) if path.extension().is_some_and(|own| own == "cu") => {
                sources.push(Source::read(&path, kernels)?);
            }
            Some(path) => bail!("{} is no .cu file", path.display()),
            None => bail!("there is no kernel {}", name.display()),
        }
    }
    if named.is_empty() {
        for path in files_in(kernels, "cu")? {
            sources.push(Source::read(&path, kernels)?);
        }
        sources.extend(experiments::all(course, kernels)?);
        sources.extend(exercises::all(course, kernels)?);
    }
    Ok(sources)
}

/// Compiles twice: to PTX, and as far as a GPU's own code, which alone has registers. The
/// inner error is the source's.
fn compile(
    nvrtc: &Nvrtc,
    source: Source,
    version: (i32, i32),
) -> anyhow::Result<Result<Made, String>> {
    let (whole, name) = (source.whole()?, source.virtual_name());
    let [architecture, lines] = &source.options();
    let compiled = nvrtc.compile(&whole, &name, &[architecture, lines])?;
    let Some(ptx) = compiled.ptx else { return Ok(Err(source.readable(&compiled.log))) };
    if source.minds_warnings {
        eprint!("{}", source.readable(&compiled.log));
    }
    let target = format!("--gpu-architecture={}", source.target);
    let assembled =
        nvrtc.compile(&whole, &name, &[&target, lines, "--ptxas-options=-v"])?;
    if assembled.ptx.is_none() {
        return Ok(Err(resources::with_lines(&source, &assembled.log, &ptx)));
    }
    let resources = resources::read(&assembled.log, &ptx);
    Ok(Ok(Made { ptx: source.finished(&ptx, version), resources, source }))
}
