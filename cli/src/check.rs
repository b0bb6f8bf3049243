//! Tries an answer: builds it with its check, runs it within limits, says what came of
//! it, remembers it.

use crate::leaf::{self, Build};
use crate::screen::{bold, dim, green, width, wrap};
use crate::{shelf, verdict};
use anyhow::bail;
use gradus_course::answers::{Answers, Progress};
use gradus_course::supervise::{self, Limits};
use gradus_course::table::Entry;
use gradus_course::{Course, Exercise};
use std::path::Path;
use std::time::{Duration, Instant};

/// What came of an answer.
pub struct Outcome {
    /// Whether it is right.
    pub passed: bool,
    /// What to show.
    pub text: String,
}

/// Tries the answer in the file `answer`.
///
/// # Errors
/// When the build cannot start or fails for another reason than the answer.
pub fn answer(
    course: &Course,
    exercise: &Exercise,
    answer: &Path,
    limits: Limits,
) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let entry = Entry {
        name: exercise.name.clone(),
        exercise: exercise.clone(),
        source: answer.to_path_buf(),
    };
    let program = match leaf::build(course, &exercise.name, &[entry])? {
        Build::Ready(program) => program,
        Build::Failed(messages) => {
            let text = leaf::explain(&messages, answer, &exercise.skeleton()?);
            return Ok(Outcome {
                passed: false,
                text: format!("It does not compile yet.\n\n{text}\n"),
            });
        }
    };
    let run = supervise::run(program.path(), &[&exercise.name], limits)?;
    let mut text = verdict::show(&run, limits, width());
    if run.passed() {
        let seconds = start.elapsed().as_secs_f64();
        let explanation = wrap(&exercise.text()?.explanation, width(), 0);
        text += &format!(
            "\n{} {}\n\n{explanation}\n",
            green(&bold("Right.")),
            dim(&format!("({seconds:.1} s)"))
        );
    }
    Ok(Outcome { passed: run.passed(), text })
}

/// `gradus check NAME [--answer FILE]`.
pub fn one(
    course: &Course,
    name: &str,
    file: Option<&Path>,
    seconds: u64,
) -> anyhow::Result<bool> {
    let exercise = course.exercise(name)?;
    let answers = Answers::new(&course.root);
    let path = match file {
        Some(file) if !file.is_file() => bail!("there is no file {}", file.display()),
        Some(file) => std::path::absolute(file)?,
        None => answers.ensure(&exercise)?,
    };
    announce(course);
    let limits = Limits { time: Duration::from_secs(seconds), ..Limits::default() };
    let outcome = answer(course, &exercise, &path, limits)?;
    println!("{}\n\n{}", bold(&exercise.text()?.title), outcome.text);
    let shown = path.strip_prefix(&course.root).unwrap_or(&path).display();
    if !outcome.passed {
        println!("Your answer is in {shown}. For a hint: cargo gradus hint {name}");
    }
    if file.is_none() {
        let progress = remember(&answers, &exercise, outcome.passed)?;
        if outcome.passed {
            println!("{}", next(course, &progress));
        }
    }
    Ok(outcome.passed)
}

/// What to do after a right answer.
fn next(course: &Course, progress: &Progress) -> String {
    match course.exercises().into_iter().find(|exercise| !progress.is_solved(exercise)) {
        Some(exercise) => format!("Next: cargo gradus check {}", exercise.name),
        None => "Every exercise is solved.".into(),
    }
}

/// `gradus check --all`: every exercise that has an answer.
pub fn all(course: &Course, seconds: u64) -> anyhow::Result<bool> {
    let answers = Answers::new(&course.root);
    announce(course);
    let limits = Limits { time: Duration::from_secs(seconds), ..Limits::default() };
    let (mut tried, mut right) = (0, 0);
    for exercise in course.exercises() {
        let path = answers.path(&exercise);
        if path.is_file() {
            let passed = answer(course, &exercise, &path, limits)?.passed;
            remember(&answers, &exercise, passed)?;
            println!("  {} {}", crate::screen::mark(passed), exercise.name);
            (tried, right) = (tried + 1, right + usize::from(passed));
        }
    }
    println!("{right} of {tried} answers are right.");
    Ok(right == tried)
}

/// The first build takes a while: say so.
pub fn announce(course: &Course) {
    if !leaf::is_warm(course) {
        eprintln!(
            "Building the library for the checks. This happens once, and takes about a minute …"
        );
    }
}

/// Keeps whether `exercise` is solved, and returns what is known now.
///
/// # Errors
/// When the progress cannot be read or written.
pub fn remember(
    answers: &Answers,
    exercise: &Exercise,
    passed: bool,
) -> anyhow::Result<Progress> {
    let mut progress = shelf::progress(answers)?;
    if progress.is_solved(exercise) != passed {
        progress.set_solved(exercise, passed);
        answers.remember(&progress)?;
    }
    Ok(progress)
}
