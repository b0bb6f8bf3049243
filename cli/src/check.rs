//! Tries an answer: builds it with its check, runs it within limits, says what came of
//! it, remembers it.

use crate::diagnosis;
use crate::leaf::{self, Build};
use crate::ptx::exercises::{self, Compiled};
use crate::screen::{bold, dim, green, mark, width, wrap};
use crate::{shelf, verdict};
use anyhow::bail;
use gradus_course::answers::{Answers, Progress};
use gradus_course::control::Control;
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

/// Tries the answer in the file `answer`, until `control` stops it.
///
/// # Errors
/// When the build cannot start or fails for another reason than the answer.
pub fn answer(
    course: &Course,
    exercise: &Exercise,
    answer: &Path,
    limits: Limits,
    control: &Control,
) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let wrong = |text: String| Ok(Outcome { passed: false, text });
    let name = &exercise.name;
    if let Some(text) = diagnosis::illegible(answer, name) {
        return wrong(wrap(&text, width(), 0) + "\n");
    }
    let source = match exercise.is_kernel() {
        true => match exercises::answer(course, exercise, answer)? {
            Compiled::Failed(log) => return wrong(diagnosis::of_kernel(&log)),
            Compiled::Ptx(ptx) => {
                exercises::keep(&leaf::folder(course).join("kernels"), name, &ptx)?
            }
        },
        false => answer.to_path_buf(),
    };
    let entry =
        Entry { name: name.clone(), exercise: exercise.clone(), source, warnings: false };
    let program = match leaf::build(course, name, &[entry])? {
        Build::Ready(program, _) => program,
        Build::Failed(messages) => {
            let skeleton = exercise.skeleton()?;
            let text = diagnosis::explain(&messages, answer, name, &skeleton);
            return wrong(format!("It does not compile yet.\n\n{text}\n"));
        }
    };
    let run = supervise::run(program.path(), &[name], limits, control)?;
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
    text += &verdict::printed(&run, width());
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
    let outcome = answer(course, &exercise, &path, limits, &Control::default())?;
    println!("{}\n\n{}", bold(&exercise.text()?.title), outcome.text);
    let shown = path.strip_prefix(&course.root).unwrap_or(&path).display();
    if !outcome.passed {
        println!("Your answer is in {shown}. For a hint: cargo gradus hint {name}");
    }
    if file.is_none() {
        let kept = remember(&answers, &exercise, outcome.passed)?;
        print!("{}", kept.notice);
        if outcome.passed {
            println!("{}", next(course, &kept.progress));
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
    let (mut tried, mut right, mut untried, mut reopened) = (0, 0, 0, Vec::new());
    for exercise in course.exercises() {
        let path = answers.path(&exercise);
        if path.is_file() {
            let outcome = answer(course, &exercise, &path, limits, &Control::default());
            if exercise.is_kernel()
                && let Err(error) = &outcome
            {
                // What is known of it stays as it was.
                println!("  – {}, which could not be tried: {error:#}", exercise.name);
                untried += 1;
                continue;
            }
            let passed = outcome?.passed;
            let kept = remember(&answers, &exercise, passed)?;
            println!("  {} {}", mark(passed), exercise.name);
            reopened.extend((!kept.notice.is_empty()).then_some(exercise.name));
            (tried, right) = (tried + 1, right + usize::from(passed));
        }
    }
    println!("{right} of {tried} answers are right.");
    if !reopened.is_empty() {
        let names = reopened.join(", ");
        println!("Solved before, and open again: {names}");
    }
    Ok(right == tried && untried == 0)
}

/// The first build takes a while: say so.
pub fn announce(course: &Course) {
    if !leaf::is_warm(course) {
        eprintln!(
            "Building the library for the checks. This happens once, and takes a minute or two …"
        );
    }
}

/// What is known once an outcome is kept.
pub struct Kept {
    /// All that is known now.
    pub progress: Progress,
    /// What the reader should hear of it; mostly nothing.
    pub notice: &'static str,
}

const OPEN_AGAIN: &str =
    "\nYou had solved this exercise before. Now it counts as open again.\n";

/// Keeps whether `exercise` is solved.
///
/// # Errors
/// When the progress cannot be read or written.
pub fn remember(
    answers: &Answers,
    exercise: &Exercise,
    passed: bool,
) -> anyhow::Result<Kept> {
    let mut progress = shelf::progress(answers)?;
    let before = progress.is_solved(exercise);
    if before != passed {
        progress.set_solved(exercise, passed);
        answers.remember(&progress)?;
    }
    let notice = if before && !passed { OPEN_AGAIN } else { "" };
    Ok(Kept { progress, notice })
}
