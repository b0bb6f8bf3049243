//! Proves the exercises: every skeleton compiles and fails, every solution passes, every
//! wrong answer is rejected as it declares, and, if asked, every mechanical mutant of a
//! solution is rejected.

use crate::ptx::exercises::Compiler;
use crate::screen::{bold, mark};
use crate::variants;
use anyhow::bail;
use gradus_course::judge::Role;
use gradus_course::{Course, Exercise};
use std::time::Instant;

const WARNS: &str = "the solution compiles with warnings:";

#[derive(Default)]
struct Tally {
    wrong: usize,
    mutants: usize,
    equivalent: usize,
    uncompilable: usize,
    untried: usize,
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
    let (mut variants_run, mut faults, mut untried) = (0, 0, 0);
    let kernels = exercises.iter().any(Exercise::is_kernel);
    let compiler = (with_mutants && kernels).then(|| Compiler::find(course));
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
            variants.extend(variants::proofs(course, exercise)?);
            if with_mutants {
                let nvrtc = compiler.as_ref().and_then(|found| found.as_ref().ok());
                let mutants = variants::mutants(course, exercise, nvrtc)?;
                tally.equivalent = mutants.equivalent;
                tally.uncompilable = mutants.uncompilable;
                tally.untried = mutants.untried;
                untried += mutants.untried;
                variants.extend(mutants.variants);
            }
        }
        let built = variants::build(course, &chapter.target(), variants)?;
        let variants::Built { program, variants, dropped, warnings } = built;
        variants_run += variants.len();
        let verdicts = variants::run_all(program.path(), &variants);
        for (exercise, tally) in own.iter().zip(&mut tallies) {
            tally.uncompilable +=
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
                let warned = warnings.iter().filter(|warning| {
                    variant.role == Role::Solution
                        && warning.is_about(&variant.entry.source)
                });
                tally.faults.extend(warned.map(|warning| {
                    let text = warning.rendered.trim_end();
                    format!("{}: {WARNS}\n\n{text}", variant.entry.name)
                }));
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
    if let Some(Err(why)) = &compiler {
        println!(
            "\n{}",
            bold(&format!("{untried} mutants of kernels were not tried: {why:#}"))
        );
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
        let Tally { mutants, equivalent, uncompilable, untried, .. } = tally;
        let untried = match untried {
            0 => String::new(),
            untried => format!(", {untried} not tried without NVRTC"),
        };
        format!(
            "{mutants:>4} rejected, {uncompilable} do not compile, {equivalent} \
             equivalent{untried}"
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
