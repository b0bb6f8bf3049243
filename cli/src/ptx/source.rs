//! A `.cu` file as it goes to the compiler, and the head that its PTX carries.
//!
//! PTX holds the names of its sources. So that no path of the compiling machine gets into
//! it, a source is given to the compiler under a name of its own, `/kernels/copy.cu`; and
//! the one header that there is comes in place, under its name, with the lines counted on.

use crate::hash;
use anyhow::{Context, bail};
use gradus_course::{Exercise, files};
use std::path::{Path, PathBuf};

/// The one header, beside the kernels.
pub const HEADER: &str = "common.cuh";
/// The compute capability of kernels that name none.
const TARGET: &str = "sm_75";
/// Those that PTX 7.0 knows, the oldest that has what we need.
const TARGETS: [&str; 2] = [TARGET, "sm_80"];
/// What the PTX says instead of the compiler's own version, so that older drivers take it.
const PTX_VERSION: &str = ".version 7.0";

/// A source and what is beside it.
pub struct Source {
    /// As the reader sees it in messages.
    pub path: PathBuf,
    /// `copy`, of `copy.cu`; `06_gpu/steps` of an experiment; `coalesce/solution` of an exercise.
    pub name: String,
    /// Where its PTX is committed, if it is.
    pub committed: Option<PathBuf>,
    /// `sm_75`: what its kernels need at least.
    pub target: &'static str,
    text: String,
    header: String,
    /// The header, as the reader sees it.
    header_path: PathBuf,
    /// `kernels/copy.cu`: for the head of the PTX.
    origin: String,
    /// `/kernels/copy.cu`: its name for the compiler.
    virtual_name: String,
    /// Whether its warnings are told: a skeleton and a wrong answer may leave things unused.
    pub minds_warnings: bool,
}

impl Source {
    /// Reads a source, and the header in the folder `kernels`.
    pub fn read(path: &Path, kernels: &Path) -> anyhow::Result<Source> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let own = same(&path.with_file_name(HEADER), &kernels.join(HEADER));
        let committed = own.then(|| kernels.join("ptx").join(format!("{name}.ptx")));
        let origin = format!("kernels/{name}.cu");
        Source::of_file(path, name, origin, committed, kernels)
    }

    /// Reads a source of the experiment in `examples/TARGET/`.
    pub fn of_experiment(
        target: &str,
        path: &Path,
        kernels: &Path,
    ) -> anyhow::Result<Source> {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let committed = path.with_file_name("ptx").join(format!("{stem}.ptx"));
        let name = format!("{target}/{stem}");
        let origin = format!("examples/{name}.cu");
        Source::of_file(path, name, origin, Some(committed), kernels)
    }

    fn of_file(
        path: &Path,
        name: String,
        origin: String,
        committed: Option<PathBuf>,
        kernels: &Path,
    ) -> anyhow::Result<Source> {
        let header_path = kernels.join(HEADER);
        let (text, header) = (text_of(path)?, text_of(&header_path)?);
        Ok(Source {
            path: path.to_path_buf(),
            name,
            committed,
            target: target(&text).with_context(|| path.display().to_string())?,
            text,
            header,
            header_path,
            virtual_name: format!("/{origin}"),
            origin,
            minds_warnings: true,
        })
    }

    /// A variant of a kernel exercise, `text` from the file `path`: its lines are those of
    /// `NAME.cu`, as the reader's file is called.
    pub fn of_exercise(
        exercise: &Exercise,
        variant: &str,
        path: &Path,
        text: &str,
        kernels: &Path,
    ) -> anyhow::Result<Source> {
        let header_path = kernels.join(HEADER);
        let (text, header) = (tidy(text), text_of(&header_path)?);
        let file = match variant {
            "skeleton" => "solution.cu, its skeleton".to_string(),
            "solution" => "solution.cu".to_string(),
            wrong => format!("wrong/{wrong}.cu"),
        };
        Ok(Source {
            path: path.to_path_buf(),
            name: format!("{}/{variant}", exercise.name),
            committed: Some(exercise.ptx(variant)),
            target: target(&text).with_context(|| path.display().to_string())?,
            text,
            header,
            header_path,
            origin: format!("exercises/{}/{}/{file}", exercise.chapter, exercise.name),
            virtual_name: format!("/exercises/{}.cu", exercise.name),
            minds_warnings: variant == "solution",
        })
    }

    /// Whether this is its text.
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Its name for the compiler.
    pub fn virtual_name(&self) -> String {
        self.virtual_name.clone()
    }

    /// Whether `ptx` is what was made of this source, by its head.
    pub fn made(&self, ptx: &str) -> bool {
        let head: String =
            ptx.lines().skip(1).take(2).map(|line| line.to_string() + "\n").collect();
        head == self.hashes()
    }

    /// What the compiler is called with.
    pub fn options(&self) -> [String; 2] {
        let target = self.target.replace("sm_", "compute_");
        [format!("--gpu-architecture={target}"), "-lineinfo".into()]
    }

    /// The text with its header in place, so that every line keeps its name and number.
    pub fn whole(&self) -> anyhow::Result<String> {
        let (mut whole, name) = (String::new(), self.virtual_name());
        for (line, number) in self.text.lines().zip(1..) {
            let included = line.trim_start().strip_prefix('#').map(str::trim_start);
            match included.and_then(|line| line.strip_prefix("include")).map(str::trim) {
                None => whole += line,
                Some(header) if header == format!("\"{HEADER}\"") => {
                    whole += &format!(
                        "#line 1 \"/kernels/{HEADER}\"\n{}#line {} \"{name}\"",
                        self.header,
                        number + 1
                    );
                }
                Some(other) => bail!(
                    "{}:{number}: a kernel includes \"{HEADER}\" and nothing else, so that \
                     no CUDA toolkit is needed; this includes {other}",
                    self.path.display()
                ),
            }
            whole.push('\n');
        }
        Ok(whole)
    }

    /// The compiler's PTX as it is committed: under its head, and for older drivers.
    pub fn finished(&self, ptx: &str, version: (i32, i32)) -> String {
        let (major, minor) = version;
        let mut text = format!(
            "// Made from {} by `cargo ptx`: change the source, not this.\n{}\
             // NVRTC: {major}.{minor}\n// flags: {}\n",
            self.origin,
            self.hashes(),
            self.options().join(" ")
        );
        for line in ptx.lines() {
            let version = line.starts_with(".version ");
            text += if version { PTX_VERSION } else { line };
            text.push('\n');
        }
        text
    }

    /// The lines of the head that tie PTX to its source.
    pub fn hashes(&self) -> String {
        format!(
            "// SHA-256 of {}: {}\n// SHA-256 of {HEADER}: {}\n",
            self.origin.rsplit('/').next().unwrap_or_default(),
            hash::text(&self.text),
            hash::text(&self.header)
        )
    }

    /// A compiler's message with the reader's files: `kernels/copy.cu:3: error: …`.
    pub fn readable(&self, log: &str) -> String {
        let names = [
            (self.virtual_name(), &self.path),
            (format!("/kernels/{HEADER}"), &self.header_path),
        ];
        let line = |line: &str| {
            for (name, path) in &names {
                let place = line.strip_prefix(&format!("{name}(")).and_then(|rest| {
                    let (number, rest) = rest.split_once(')')?;
                    Some(format!("{}:{number}{rest}", path.display()))
                });
                if let Some(place) = place {
                    return place;
                }
            }
            let mut line = line.to_string();
            for (name, path) in &names {
                line = line.replace(name.as_str(), &path.display().to_string());
            }
            line
        };
        log.lines().map(|text| line(text) + "\n").collect()
    }
}

/// A file with line ends of one kind, whatever git made of them here: hashes and PTX must
/// not depend on it.
pub fn text_of(path: &Path) -> anyhow::Result<String> {
    Ok(tidy(&files::read(path)?))
}

fn tidy(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Whether two paths lead to one file.
pub fn same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// The target that a source names in the comment at its head, `// target: sm_80`.
fn target(text: &str) -> anyhow::Result<&'static str> {
    let comment = text.lines().map(|line| line.trim().strip_prefix("//"));
    let named = comment
        .map_while(|line| line)
        .find_map(|line| line.trim().strip_prefix("target:"));
    let Some(named) = named.map(str::trim) else { return Ok(TARGET) };
    TARGETS.into_iter().find(|target| *target == named).with_context(|| {
        format!("a kernel's target is one of {}, not `{named}`", TARGETS.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> anyhow::Result<Source> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join(HEADER), "int shared;\n")?;
        let path = folder.path().join("x.cu");
        std::fs::write(&path, text)?;
        Source::read(&path, folder.path())
    }

    #[test]
    fn the_header_stands_in_place_and_lines_are_counted_on() {
        let whole =
            source("// a\n#include \"common.cuh\"\nb\n").unwrap().whole().unwrap();
        assert_eq!(
            whole,
            "// a\n#line 1 \"/kernels/common.cuh\"\nint shared;\n#line 3 \"/kernels/x.cu\"\nb\n"
        );
        let other =
            source("a\n  # include <cuda_fp16.h>\n").unwrap().whole().unwrap_err();
        let told = other.to_string();
        assert!(told.contains("x.cu:2: ") && told.contains("<cuda_fp16.h>"), "{told}");
    }

    #[test]
    fn a_target_stands_in_the_comment_at_the_head() {
        let target = |text: &str| source(text).map(|source| source.options()[0].clone());
        let of = |name: &str| format!("--gpu-architecture={name}");
        assert_eq!(target("int a;\n").unwrap(), of("compute_75"));
        assert_eq!(target("// Copies.\n// target: sm_80\n").unwrap(), of("compute_80"));
        assert_eq!(target("int a;\n// target: sm_80\n").unwrap(), of("compute_75"));
        let told = format!("{:#}", target("// target: sm_90\n").unwrap_err());
        assert!(told.contains("x.cu: ") && told.contains("sm_75, sm_80"), "{told}");
    }

    #[test]
    fn line_ends_change_neither_hash_nor_text() {
        let [unix, windows] = ["a\nb\n", "a\r\nb\r\n"].map(|text| source(text).unwrap());
        assert_eq!(unix.hashes(), windows.hashes());
        assert_eq!(unix.whole().unwrap(), windows.whole().unwrap());
        assert_ne!(unix.hashes(), source("a\nc\n").unwrap().hashes());
    }

    #[test]
    fn the_version_is_lowered_and_the_messages_are_the_readers() {
        let source = source("a\n").unwrap();
        let ptx = source.finished("// x\n.version 8.4\n.target sm_75\n", (12, 4));
        assert!(ptx.ends_with("-lineinfo\n// x\n.version 7.0\n.target sm_75\n"), "{ptx}");
        let log = "/kernels/x.cu(3): error: no\n1 error in \"/kernels/x.cu\".\n\
                   /kernels/common.cuh(1): warning\n";
        let (x, header) = (source.path.display(), source.header_path.display());
        assert_eq!(
            source.readable(log),
            format!("{x}:3: error: no\n1 error in \"{x}\".\n{header}:1: warning\n")
        );
    }
}
