//! What `learn` shows in each mode: the exercise, the list of exercises, a question.

use crate::attempt::Attempt;
use crate::bookshop::State;
use crate::learn::Session;
use crate::page::Page;
use crate::screen::{bold, dim, progress_mark, width, wrap};
use crossterm::terminal;

/// What the keys are about.
#[derive(Clone, Copy)]
pub enum Mode {
    /// The exercise.
    Task,
    /// The list of exercises, with the pointer at one of them.
    List(usize),
    /// Whether to start over.
    Reset,
}

/// The page for the mode that the session is in.
///
/// # Errors
/// When the exercise's text cannot be read.
pub fn page(session: &Session) -> anyhow::Result<Page> {
    match session.mode {
        Mode::Task => task(session, &keys(session)),
        Mode::Reset => task(session, "Start over? A copy of your answer is kept.  y/n"),
        Mode::List(at) => Ok(list(session, at)),
    }
}

fn keys(session: &Session) -> String {
    let own = if session.passed { "n next  s solution" } else { "h hint" };
    dim(&format!("{own}  l list  r reset  q quit   (saving the file tries it)"))
}

fn task(session: &Session, question: &str) -> anyhow::Result<Page> {
    let (exercise, width) = (session.exercise(), width());
    let text = exercise.text()?;
    let path = session.path.strip_prefix(&session.course.root).unwrap_or(&session.path);
    let place = dim(&format!("{} / {}", exercise.chapter, exercise.name));
    let mut head = vec![
        format!("{}  {place}", bold(&text.title)),
        bar(session),
        format!("edit  {}", path.display()),
    ];
    head.extend(book(&session.book.state()));
    if !session.notice.is_empty() {
        head.push(format!("\n{}", wrap(&session.notice, width, 0)));
    }
    let progress = session.attempt.as_ref().map(Attempt::progress);
    let foot: Vec<_> =
        progress.map(|text| dim(&text)).into_iter().chain([question.into()]).collect();
    Ok(Page {
        head: head.join("\n"),
        task: if session.passed {
            String::new()
        } else {
            wrap(&text.statement, width, 0)
        },
        file: path.display().to_string(),
        body: session.body.trim_end().to_string(),
        command: session.command.clone(),
        foot: foot.join("\n\n"),
    })
}

/// How many exercises are solved, as a bar and in numbers.
fn bar(session: &Session) -> String {
    let is_solved = |exercise: &&_| session.progress.is_solved(exercise);
    let solved = session.exercises.iter().filter(is_solved).count();
    let all = session.exercises.len();
    let filled = 24 * solved / all.max(1);
    format!(
        "[{}{}] {solved} of {all} solved",
        "#".repeat(filled),
        "-".repeat(24 - filled)
    )
}

fn book(state: &State) -> Option<String> {
    Some(match state {
        State::At(address) => format!("book  {address}"),
        State::Waiting => "book  waits for the first check".into(),
        State::Building => "book  is being built; its address will stand here".into(),
        State::Failed => "book  could not be served: see target/book/log.txt".into(),
        State::Unwanted => return None,
    })
}

/// The exercises around the one at `at`, as many as the screen has room for.
fn list(session: &Session, at: usize) -> Page {
    let rows = usize::from(terminal::size().map_or(24, |(_, rows)| rows));
    let room = rows.saturating_sub(4).max(3);
    let from = at.saturating_sub(room / 2);
    let line = |index: usize| {
        let exercise = &session.exercises[index];
        let pointer = if index == at { ">" } else { " " };
        let mark = progress_mark(session.progress.is_solved(exercise));
        format!("{pointer} {mark} {}  {}", exercise.name, dim(&exercise.chapter))
    };
    let shown = from..session.exercises.len().min(from + room);
    Page {
        head: bold("Which exercise?"),
        body: shown.map(line).collect::<Vec<_>>().join("\n"),
        foot: dim("up/down or j/k  move    enter  choose    esc  back"),
        ..Page::default()
    }
}
