//! Proves the exercises: every skeleton compiles and fails, every solution passes, every
//! wrong answer is rejected as it declares, and, if asked, every mechanical mutant of a
//! solution is rejected.

use crate::leaf::{self, Build, Program};
use crate::screen::{bold, mark};
use anyhow::{Context, bail};
use gradus_course::judge::Role;
use gradus_course::supervise::{self, Limits};
use gradus_course::table::Entry;
use gradus_course::{Course, Exercise, files, mutants};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

struct Variant {
    entry: Entry,
    role: Role,
    /// Of a mutant: the change, for the report.
    change: String,
}

#[derive(Default)]
struct Tally {
    wrong: usize,
    mutants: usize,
    equivalent: usize,
    uncompilable: usize,
    faults: Vec<String>,
}

/// `gradus verify [WHICH] [--mutants]`.
pub fn verify(
    course: &Course,
    which: Option<&str>,
    with_mutants: bool,
) -> anyhow::Result<bool> {
    let start = Instant::now();
    let exercises = chosen(course, which)?;
    crate::check::announce(course);
    let (mut variants_run, mut faults) = (0, 0);
    println!("{:<26} {:>6} {:>8}  mutants", "exercise", "proved", "wrong");
    for chapter in course.chapters() {
        let own: Vec<_> = exercises
            .iter()
            .filter(|exercise| exercise.chapter == chapter.slug())
            .collect();
        if own.is_empty() {
            continue;
        }
        let mut variants = Vec::new();
        let mut tallies: Vec<Tally> = own.iter().map(|_| Tally::default()).collect();
        for (exercise, tally) in own.iter().zip(&mut tallies) {
            variants.extend(variants_of(course, exercise, with_mutants, tally)?);
        }
        let (program, dropped) = build(course, &chapter.target(), &mut variants)?;
        variants_run += variants.len();
        let verdicts = run_all(program.path(), &variants)?;
        for (exercise, tally) in own.iter().zip(&mut tallies) {
            tally.uncompilable =
                dropped.iter().filter(|name| belongs(name, exercise)).count();
            for (variant, verdict) in variants
                .iter()
                .zip(&verdicts)
                .filter(|(v, _)| belongs(&v.entry.name, exercise))
            {
                match variant.role {
                    Role::Wrong(_) => tally.wrong += 1,
                    Role::Mutant => tally.mutants += 1,
                    _ => {}
                }
                if let Err(message) = verdict {
                    tally.faults.push(format!(
                        "{}: {message}{}",
                        variant.entry.name, variant.change
                    ));
                }
            }
            println!("{}", row(exercise, tally, with_mutants));
        }
        for fault in tallies.iter().flat_map(|tally| &tally.faults) {
            println!("\n  {} {fault}", mark(false));
            faults += 1;
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "\n{}",
        bold(&format!(
            "{} exercises, {variants_run} variants, {faults} faults, {seconds:.1} s",
            exercises.len()
        ))
    );
    Ok(faults == 0)
}

fn chosen(course: &Course, which: Option<&str>) -> anyhow::Result<Vec<Exercise>> {
    let Some(name) = which else { return Ok(course.exercises()) };
    match course.chapter(name) {
        Some(chapter) if chapter.written() => Ok(course
            .exercises()
            .into_iter()
            .filter(|exercise| exercise.chapter == chapter.slug())
            .collect()),
        Some(chapter) => {
            bail!("chapter {} is still to come: it has no exercises", chapter.number)
        }
        None => Ok(vec![course.exercise(name)?]),
    }
}

fn belongs(name: &str, exercise: &Exercise) -> bool {
    name.split('/').next() == Some(&exercise.name)
}

fn row(exercise: &Exercise, tally: &Tally, with_mutants: bool) -> String {
    let mutants = if with_mutants {
        let Tally { mutants, equivalent, uncompilable, .. } = tally;
        format!(
            "{mutants:>4} rejected, {uncompilable} do not compile, {equivalent} equivalent"
        )
    } else {
        "   –".to_string()
    };
    format!(
        "{:<26} {:>6} {:>8}  {mutants}",
        exercise.name,
        mark(tally.faults.is_empty()),
        tally.wrong
    )
}

/// All variants of an exercise; those that are generated are written to files first.
fn variants_of(
    course: &Course,
    exercise: &Exercise,
    with_mutants: bool,
    tally: &mut Tally,
) -> anyhow::Result<Vec<Variant>> {
    let folder = leaf::folder(course).join("variants").join(&exercise.name);
    let variant = |name: &str, source: PathBuf, role: Role, change: String| Variant {
        entry: Entry {
            name: format!("{}/{name}", exercise.name),
            exercise: exercise.clone(),
            source,
        },
        role,
        change,
    };
    let write = |name: &str, text: &str| -> anyhow::Result<PathBuf> {
        let path = folder.join(format!("{name}.rs"));
        if files::read(&path).ok().as_deref() != Some(text) {
            files::write(&path, text)?;
        }
        Ok(path)
    };
    let mut variants = vec![
        variant(
            "skeleton",
            write("skeleton", &exercise.skeleton()?)?,
            Role::Skeleton,
            String::new(),
        ),
        variant("solution", exercise.solution(), Role::Solution, String::new()),
    ];
    for wrong in exercise.wrong_answers()? {
        variants.push(variant(
            &format!("wrong/{}", wrong.name),
            wrong.path,
            Role::Wrong(wrong.declaration),
            String::new(),
        ));
    }
    if with_mutants {
        for mutant in mutants::mutants(exercise)? {
            if mutant.equivalent.is_some() {
                tally.equivalent += 1;
                continue;
            }
            let source = write(&format!("mutant_{}", mutant.name), &mutant.source)?;
            let change = format!("\n      - {}\n      + {}", mutant.from, mutant.to);
            variants.push(variant(
                &format!("mutant/{}", mutant.name),
                source,
                Role::Mutant,
                change,
            ));
        }
    }
    Ok(variants)
}

/// Links all variants; mutants that do not compile are taken out, and their names
/// returned.
fn build(
    course: &Course,
    name: &str,
    variants: &mut Vec<Variant>,
) -> anyhow::Result<(Program, Vec<String>)> {
    let mut dropped = Vec::new();
    // Type errors hide borrow errors, so that a second and a third look can be needed.
    for _ in 0..6 {
        let entries: Vec<_> =
            variants.iter().map(|variant| variant.entry.clone()).collect();
        match leaf::build(course, &format!("verify_{name}"), &entries)? {
            Build::Ready(program) => return Ok((program, dropped)),
            Build::Failed(messages) => {
                let bad: HashSet<&Path> = messages
                    .iter()
                    .filter(|m| m.error)
                    .map(|m| m.file.as_path())
                    .collect();
                let fails =
                    |variant: &Variant| bad.contains(variant.entry.source.as_path());
                if let Some(variant) =
                    variants.iter().find(|v| fails(v) && v.role != Role::Mutant)
                {
                    let own = messages
                        .iter()
                        .find(|m| m.file == variant.entry.source)
                        .map(|m| m.rendered.as_str());
                    bail!(
                        "{} does not compile:\n{}",
                        variant.entry.name,
                        own.unwrap_or_default()
                    );
                }
                let before = variants.len();
                dropped.extend(
                    variants.iter().filter(|v| fails(v)).map(|v| v.entry.name.clone()),
                );
                variants.retain(|variant| !fails(variant));
                if variants.len() == before {
                    let said = messages
                        .into_iter()
                        .find(|message| message.error)
                        .map(|message| message.rendered);
                    bail!(
                        "the variants of {name} do not link:\n{}",
                        said.unwrap_or_default()
                    );
                }
            }
        }
    }
    bail!("the mutants of {name} still do not compile after six rounds")
}

/// Runs every variant in a process of its own, as many at once as there are cores.
fn run_all(
    program: &Path,
    variants: &[Variant],
) -> anyhow::Result<Vec<Result<(), String>>> {
    let limits = Limits { time: Duration::from_secs(10), ..Limits::default() };
    let next = Mutex::new(0..variants.len());
    let verdicts = Mutex::new(vec![None; variants.len()]);
    let work = || {
        while let Some(index) = { next.lock().expect("no worker panics").next() } {
            let variant = &variants[index];
            let run = supervise::run(program, &[&variant.entry.name], limits)
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
    Ok(verdicts
        .into_iter()
        .map(|verdict| verdict.expect("every variant was run"))
        .collect())
}
