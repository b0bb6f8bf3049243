//! List, hint, reset, solution: what a reader asks for without an answer being tried.

use crate::screen::{bold, dim, green, progress_mark, red, width, wrap};
use anyhow::bail;
use gradus_course::answers::{Answers, Progress};
use gradus_course::{Course, Exercise, files};
use similar::{ChangeTag, TextDiff};

/// `gradus list`.
pub fn list(course: &Course) -> anyhow::Result<bool> {
    print!("{}", overview(course, &progress(&Answers::new(&course.root))?));
    Ok(true)
}

/// What is remembered; a file that could not be understood is told of.
///
/// # Errors
/// When the file is there but cannot be read or moved aside.
pub fn progress(answers: &Answers) -> anyhow::Result<Progress> {
    let (progress, notice) = answers.progress()?;
    notice.iter().for_each(|notice| eprintln!("{notice}"));
    Ok(progress)
}

/// All chapters and exercises, with what is solved.
pub fn overview(course: &Course, progress: &Progress) -> String {
    let all = course.exercises();
    let solved = all.iter().filter(|exercise| progress.is_solved(exercise)).count();
    let mut text = format!("{solved} of {} exercises solved\n", all.len());
    for chapter in course.chapters() {
        let heading = format!("{:>2}  {}", chapter.number, chapter.title);
        if !chapter.written() {
            text += &format!("{}\n", dim(&format!("{heading}, to come")));
            continue;
        }
        text += &format!("{}\n", bold(&heading));
        for exercise in all.iter().filter(|exercise| exercise.chapter == chapter.slug()) {
            text += &format!(
                "      {} {}\n",
                progress_mark(progress.is_solved(exercise)),
                exercise.name
            );
        }
    }
    text
}

/// `gradus hint NAME`.
pub fn hint(course: &Course, name: &str, all: bool) -> anyhow::Result<bool> {
    let exercise = course.exercise(name)?;
    let answers = Answers::new(&course.root);
    if all {
        let hints = exercise.text()?.hints;
        hints.iter().for_each(|hint| println!("{}\n", wrap(hint, width(), 0)));
        return Ok(true);
    }
    println!("{}", next_hint(&answers, &exercise)?);
    Ok(true)
}

/// The next hint that was not shown yet; after the last one, all of them.
///
/// # Errors
/// When the exercise or the progress cannot be read.
pub fn next_hint(answers: &Answers, exercise: &Exercise) -> anyhow::Result<String> {
    let hints = exercise.text()?.hints;
    let mut progress = progress(answers)?;
    let shown = progress.hints.entry(exercise.name.clone()).or_default();
    *shown = (*shown + 1).min(hints.len());
    let (number, count) = (*shown, hints.len());
    let text = wrap(&hints[number - 1], width(), 0);
    // A hint that cannot be remembered is still a hint.
    let warning = answers
        .remember(&progress)
        .err()
        .map(|error| format!("\n({error})"))
        .unwrap_or_default();
    Ok(format!("{}\n{text}{warning}", bold(&format!("Hint {number} of {count}"))))
}

/// `gradus reset NAME`.
pub fn reset(course: &Course, name: &str) -> anyhow::Result<bool> {
    let exercise = course.exercise(name)?;
    let answers = Answers::new(&course.root);
    println!("{}", start_over(course, &answers, &exercise)?);
    Ok(true)
}

/// Writes the skeleton anew, and says where the copy is.
///
/// # Errors
/// When a file cannot be written; no answer is lost.
pub fn start_over(
    course: &Course,
    answers: &Answers,
    exercise: &Exercise,
) -> anyhow::Result<String> {
    let copy = answers.reset(exercise)?;
    let mut progress = progress(answers)?;
    progress.set_solved(exercise, false);
    answers.remember(&progress)?;
    let shown = |path: &std::path::Path| {
        path.strip_prefix(&course.root).unwrap_or(path).display().to_string()
    };
    Ok(match copy {
        Some(copy) => format!(
            "{} is new again. Your answer is kept as {}.",
            shown(&answers.path(exercise)),
            shown(&copy)
        ),
        None => format!("{} is written.", shown(&answers.path(exercise))),
    })
}

/// `gradus solution NAME`.
pub fn solution(course: &Course, name: &str, force: bool) -> anyhow::Result<bool> {
    let exercise = course.exercise(name)?;
    let answers = Answers::new(&course.root);
    if !force && !progress(&answers)?.is_solved(&exercise) {
        bail!(
            "the solution is shown once yours passes: cargo gradus check {name} (or --force, if you must)"
        );
    }
    let explanation = exercise.text()?.explanation;
    println!("{}\n{}", beside(&answers, &exercise)?, wrap(&explanation, width(), 0));
    Ok(true)
}

/// The solution, as a difference to the reader's answer where there is one.
///
/// # Errors
/// When the files cannot be read.
pub fn beside(answers: &Answers, exercise: &Exercise) -> anyhow::Result<String> {
    let solution = exercise.solution_alone()?;
    let path = answers.path(exercise);
    if !path.is_file() {
        return Ok(solution);
    }
    let own = without_header(&files::read(&path)?);
    let mut text = format!("{}\n\n", dim("- yours   + the solution"));
    for change in TextDiff::from_lines(own.as_str(), solution.as_str()).iter_all_changes()
    {
        let line = change.value().trim_end_matches('\n');
        text += &match change.tag() {
            ChangeTag::Delete => red(&format!("- {line}")),
            ChangeTag::Insert => green(&format!("+ {line}")),
            ChangeTag::Equal => format!("  {line}"),
        };
        text.push('\n');
    }
    Ok(text)
}

fn without_header(source: &str) -> String {
    let lines = source
        .lines()
        .skip_while(|line| line.starts_with("//!") || line.trim().is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}
