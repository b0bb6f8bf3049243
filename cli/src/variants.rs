//! All variants of an exercise, linked into one program and run, each in a process of its
//! own.

use crate::diagnosis::Message;
use crate::leaf::{self, Build, Program};
use crate::ptx::exercises::{self, Compiled, Compiler};
use anyhow::{Context, bail};
use gradus_course::control::Control;
use gradus_course::judge::Role;
use gradus_course::supervise::{self, Limits};
use gradus_course::table::Entry;
use gradus_course::{Course, Exercise, files, mutants};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

/// A variant of an answer, and what it must do.
pub struct Variant {
    /// How it is linked.
    pub entry: Entry,
    /// What it must do.
    pub role: Role,
    /// Of a mutant: the change, for the report.
    pub change: String,
}

impl Variant {
    fn new(exercise: &Exercise, name: &str, source: PathBuf, role: Role) -> Variant {
        let entry = Entry {
            name: format!("{}/{name}", exercise.name),
            exercise: exercise.clone(),
            source,
            warnings: role == Role::Solution,
        };
        Variant { entry, role, change: String::new() }
    }
}

/// Skeleton, solution and wrong answers.
///
/// # Errors
/// When a file is missing or malformed.
pub fn proofs(course: &Course, exercise: &Exercise) -> anyhow::Result<Vec<Variant>> {
    let kernel = exercise.is_kernel();
    let ptx = |variant: &str| exercises::committed(course, exercise, variant);
    let (skeleton, solution) = match kernel {
        true => (ptx("skeleton")?, ptx("solution")?),
        false => {
            let skeleton = exercise.skeleton()?;
            (write(course, exercise, "skeleton", &skeleton)?, exercise.solution())
        }
    };
    let mut variants = vec![
        Variant::new(exercise, "skeleton", skeleton, Role::Skeleton),
        Variant::new(exercise, "solution", solution, Role::Solution),
    ];
    for wrong in exercise.wrong_answers()? {
        let source = if kernel { ptx(&wrong.name)? } else { wrong.path };
        let (name, role) =
            (format!("wrong/{}", wrong.name), Role::Wrong(wrong.declaration));
        variants.push(Variant::new(exercise, &name, source, role));
    }
    Ok(variants)
}

/// The mutants of a solution.
#[derive(Default)]
pub struct Mutants {
    /// Those to be tried.
    pub variants: Vec<Variant>,
    /// How many more are known to behave like the solution.
    pub equivalent: usize,
    /// How many the compiler of CUDA C has thrown out.
    pub uncompilable: usize,
    /// How many it could not be asked about, since it is not here.
    pub untried: usize,
}

/// The mutants of the solution. `compiler` is asked for once a kernel needs it.
///
/// # Errors
/// When the solution or its list of equivalent mutants is malformed.
pub fn mutants(
    course: &Course,
    exercise: &Exercise,
    compiler: Option<&Compiler>,
) -> anyhow::Result<Mutants> {
    let (equivalent, mutants): (Vec<_>, Vec<_>) = mutants::mutants(exercise)?
        .into_iter()
        .partition(|mutant| mutant.equivalent.is_some());
    let mut all = Mutants { equivalent: equivalent.len(), ..Mutants::default() };
    for mutant in mutants {
        let file = format!("mutant_{}", mutant.name);
        let source = match (exercise.is_kernel(), compiler) {
            (false, _) => write(course, exercise, &file, &mutant.source)?,
            (true, None) => {
                all.untried += 1;
                continue;
            }
            (true, Some(compiler)) => {
                let path = exercise.solution();
                match compiler.compile(exercise, &path, &mutant.source)? {
                    Compiled::Ptx(ptx) => {
                        exercises::keep(&folder(course, exercise), &file, &ptx)?
                    }
                    Compiled::Failed(_) => {
                        all.uncompilable += 1;
                        continue;
                    }
                }
            }
        };
        let name = format!("mutant/{}", mutant.name);
        all.variants.push(Variant {
            change: format!("\n      - {}\n      + {}", mutant.from, mutant.to),
            ..Variant::new(exercise, &name, source, Role::Mutant)
        });
    }
    Ok(all)
}

/// Writes a variant that is generated, unless it is there already: nothing is compiled
/// anew for it.
fn write(
    course: &Course,
    exercise: &Exercise,
    name: &str,
    text: &str,
) -> anyhow::Result<PathBuf> {
    let path = folder(course, exercise).join(format!("{name}.rs"));
    if files::read(&path).ok().as_deref() != Some(text) {
        files::write(&path, text)?;
    }
    Ok(path)
}

fn folder(course: &Course, exercise: &Exercise) -> PathBuf {
    leaf::folder(course).join("variants").join(&exercise.name)
}

/// Variants that are linked.
pub struct Built {
    /// What runs them.
    pub program: Program,
    /// Those that are in it.
    pub variants: Vec<Variant>,
    /// The names of the mutants that do not compile.
    pub dropped: Vec<String>,
    /// What the compiler warns about.
    pub warnings: Vec<Message>,
}

/// Links all variants; mutants that do not compile are taken out.
///
/// # Errors
/// When another variant does not compile, or the build fails for another reason.
pub fn build(
    course: &Course,
    name: &str,
    mut variants: Vec<Variant>,
) -> anyhow::Result<Built> {
    let mut dropped = Vec::new();
    // Type errors hide borrow errors, so that a second and a third look can be needed.
    for _ in 0..6 {
        let entries: Vec<_> =
            variants.iter().map(|variant| variant.entry.clone()).collect();
        match leaf::build(course, &format!("verify_{name}"), &entries)? {
            Build::Ready(program, warnings) => {
                return Ok(Built { program, variants, dropped, warnings });
            }
            Build::Failed(messages) => {
                dropped.extend(drop_mutants(name, &mut variants, &messages)?);
            }
        }
    }
    bail!("the mutants of {name} still do not compile after six rounds")
}

/// Takes out the mutants that have errors, and returns their names.
fn drop_mutants(
    name: &str,
    variants: &mut Vec<Variant>,
    messages: &[Message],
) -> anyhow::Result<Vec<String>> {
    let errors = || messages.iter().filter(|message| message.error);
    let bad: HashSet<&Path> = errors().map(|message| message.file.as_path()).collect();
    let fails = |variant: &Variant| bad.contains(variant.entry.source.as_path());
    if let Some(variant) = variants.iter().find(|v| fails(v) && v.role != Role::Mutant) {
        let own = errors().find(|message| message.file == variant.entry.source);
        let said = own.map_or("", |message| &message.rendered);
        bail!("{} does not compile:\n{said}", variant.entry.name);
    }
    let failing = variants.iter().filter(|variant| fails(variant));
    let names: Vec<_> = failing.map(|variant| variant.entry.name.clone()).collect();
    variants.retain(|variant| !fails(variant));
    if names.is_empty() {
        let said = errors().next().map_or("", |message| &message.rendered);
        bail!("the variants of {name} do not link:\n{said}");
    }
    Ok(names)
}

/// Runs every variant in a process of its own, as many at once as there are cores, and
/// judges each.
pub fn run_all(program: &Path, variants: &[Variant]) -> Vec<Result<(), String>> {
    let limits = Limits { time: Duration::from_secs(10), ..Limits::default() };
    let next = Mutex::new(0..variants.len());
    let verdicts = Mutex::new(vec![None; variants.len()]);
    let work = || {
        while let Some(index) = { next.lock().expect("no worker panics").next() } {
            let variant = &variants[index];
            let name = &variant.entry.name;
            let run = supervise::run(program, &[name], limits, &Control::default())
                .context("a variant could not be run");
            let verdict = run
                .map(|run| variant.role.judge(&run))
                .unwrap_or_else(|error| Err(format!("{error:#}")));
            verdicts.lock().expect("no worker panics")[index] = Some(verdict);
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    std::thread::scope(|scope| (0..cores).for_each(|_| drop(scope.spawn(work))));
    let verdicts = verdicts.into_inner().expect("no worker panics");
    verdicts.into_iter().map(|verdict| verdict.expect("every variant was run")).collect()
}
