//! The companion: one exercise at a time, tried at every save.

use crate::attempt::{self, Attempt, Stamp};
use crate::bookshop::Bookshop;
use crate::faces::Mode;
use crate::raw::{Raw, is_interrupt, show};
use crate::screen::green;
use crate::{check, faces, shelf};
use anyhow::{Context, bail};
use crossterm::event::{self, Event, KeyCode, KeyEventKind};
use crossterm::terminal;
use gradus_course::answers::{Answers, Progress};
use gradus_course::{Course, Exercise};
use std::io::{IsTerminal, stdout};
use std::path::PathBuf;
use std::time::Duration;

/// `gradus learn`.
pub fn learn(course: &Course, with_book: bool) -> anyhow::Result<bool> {
    let answers = Answers::new(&course.root);
    let claim = answers.claim().context(
        "your answers go into the folder `answers`, and it cannot be written: \
         is a file in its place, or is it read-only?",
    )?;
    let Some(_claim) = claim else {
        bail!("another `learn` is running on this folder: go on there, or end it with q");
    };
    let exercises = course.exercises();
    let (progress, notice) = answers.progress()?;
    let first =
        exercises.iter().position(|exercise| !progress.is_solved(exercise)).unwrap_or(0);
    if !std::io::stdin().is_terminal() || !stdout().is_terminal() {
        let name = &exercises[first].name;
        println!("There is no terminal to watch: trying `{name}` once.");
        return check::one(course, name, None, 10);
    }
    let mut session = Session {
        path: answers.ensure(&exercises[first])?,
        course,
        answers,
        exercises,
        progress,
        current: first,
        mode: Mode::Task,
        tried: None,
        attempt: None,
        body: String::new(),
        command: String::new(),
        passed: false,
        notice: notice.unwrap_or_default(),
        book: Bookshop::new(with_book),
    };
    let raw = Raw::enter()?;
    let result = session.run();
    drop(raw);
    session.attempt.into_iter().for_each(Attempt::leave);
    result.map(|()| true)
}

/// A session with one reader.
pub struct Session<'a> {
    pub(crate) course: &'a Course,
    answers: Answers,
    pub(crate) exercises: Vec<Exercise>,
    pub(crate) progress: Progress,
    current: usize,
    pub(crate) mode: Mode,
    /// The current answer.
    pub(crate) path: PathBuf,
    /// The save of it that was tried last, or is being tried.
    tried: Option<Stamp>,
    pub(crate) attempt: Option<Attempt>,
    /// What stands under the statement: the last verdict, a hint.
    pub(crate) body: String,
    /// What shows the whole body, should the screen be too small for it.
    pub(crate) command: String,
    pub(crate) passed: bool,
    pub(crate) notice: String,
    pub(crate) book: Bookshop,
}

impl Session<'_> {
    fn run(&mut self) -> anyhow::Result<()> {
        let mut drawn = None;
        loop {
            if self.attempt.as_ref().is_some_and(Attempt::is_over) {
                self.conclude();
                drawn = None;
            }
            if attempt::stamp(&self.path) != self.tried {
                match &self.attempt {
                    Some(attempt) => attempt.give_way(),
                    None => self.begin(),
                }
            }
            let state = (self.book.state(), self.attempt.as_ref().map(Attempt::progress));
            if drawn.as_ref() != Some(&state) {
                let (columns, rows) = terminal::size().unwrap_or((80, 24));
                show(&faces::page(self)?.fit(columns.into(), rows.into()))?;
                drawn = Some(state);
            }
            if !event::poll(Duration::from_millis(50))? {
                continue;
            }
            match event::read()? {
                Event::Key(key) if key.kind == KeyEventKind::Release => continue,
                Event::Key(key) if is_interrupt(key) => return Ok(()),
                Event::Key(key) => match self.mode {
                    Mode::Task if key.code == KeyCode::Char('q') => return Ok(()),
                    Mode::Task => self.key(key.code)?,
                    Mode::List(at) => self.choose(at, key.code)?,
                    Mode::Reset => self.reset(key.code),
                },
                Event::Resize(..) => {}
                _ => continue,
            }
            drawn = None;
        }
    }

    /// The current exercise.
    pub fn exercise(&self) -> &Exercise {
        &self.exercises[self.current]
    }

    /// Turns to an exercise; its skeleton is written if there is no answer yet.
    fn open(&mut self, index: usize) -> anyhow::Result<()> {
        self.path = self.answers.ensure(&self.exercises[index])?;
        (self.current, self.tried, self.passed) = (index, None, false);
        self.body.clear();
        Ok(())
    }

    /// What is remembered, as it is now; a file that had to be moved aside is told of.
    fn refresh(&mut self) {
        match self.answers.progress() {
            Ok((progress, notice)) => {
                self.progress = progress;
                self.notice.extend(notice);
            }
            Err(error) => self.notice = error.to_string(),
        }
    }

    /// Begins to try the current answer, as it was saved last.
    fn begin(&mut self) {
        self.tried = attempt::settled(&self.path);
        self.passed = false;
        self.attempt =
            Some(Attempt::begin(self.course, self.exercise(), self.path.clone()));
    }

    /// Takes up what came of the attempt; after the first one the book may have the
    /// processor.
    fn conclude(&mut self) {
        let Some(attempt) = self.attempt.take() else { return };
        if attempt.is_stopped() {
            return;
        }
        let exercise = attempt.exercise.clone();
        let mut result = attempt.end();
        self.refresh();
        if let Ok(outcome) = &mut result {
            match check::remember(&self.answers, &exercise, outcome.passed) {
                Ok(kept) => {
                    self.progress = kept.progress;
                    outcome.text += kept.notice;
                }
                Err(error) => {
                    self.notice = format!("The progress could not be kept: {error:#}")
                }
            }
        }
        if exercise.name == self.exercise().name {
            (self.passed, self.body) = match result {
                Ok(outcome) => (outcome.passed, outcome.text),
                Err(error) => (false, format!("{error:#}")),
            };
            self.command = format!("cargo gradus check {}", exercise.name);
        }
        self.book.open(self.course);
    }

    /// A key while the exercise is shown.
    fn key(&mut self, key: KeyCode) -> anyhow::Result<()> {
        self.notice.clear();
        self.refresh();
        let name = self.exercise().name.clone();
        let (text, command) = match key {
            KeyCode::Char('n') if self.passed => {
                let n = self.exercises.len();
                let mut after = (1..n).map(|step| (self.current + step) % n);
                let open = |i: &usize| !self.progress.is_solved(&self.exercises[*i]);
                if let Some(next) = after.find(open) {
                    return self.open(next);
                }
                let done = "Every exercise is solved. The next chapter is on its way.";
                (Ok(green(done)), String::new())
            }
            KeyCode::Char('l') => {
                self.mode = Mode::List(self.current);
                return Ok(());
            }
            KeyCode::Char('h') => (
                shelf::next_hint(&self.answers, self.exercise()),
                format!("cargo gradus hint {name} --all"),
            ),
            KeyCode::Char('s') if self.passed => (
                shelf::beside(&self.answers, self.exercise()),
                format!("cargo gradus solution {name}"),
            ),
            KeyCode::Char('r') => {
                self.mode = Mode::Reset;
                return Ok(());
            }
            _ => return Ok(()),
        };
        self.body = text.unwrap_or_else(|error| format!("{error:#}"));
        self.command = command;
        Ok(())
    }

    /// A key while the list is shown, with the pointer at the exercise `at`.
    fn choose(&mut self, at: usize, key: KeyCode) -> anyhow::Result<()> {
        self.mode = match key {
            KeyCode::Up | KeyCode::Char('k') => Mode::List(at.saturating_sub(1)),
            KeyCode::Down | KeyCode::Char('j') => {
                Mode::List((at + 1).min(self.exercises.len() - 1))
            }
            KeyCode::Enter => {
                self.open(at)?;
                Mode::Task
            }
            KeyCode::Esc | KeyCode::Char('q' | 'l') => Mode::Task,
            _ => self.mode,
        };
        Ok(())
    }

    /// The answer to whether to start over.
    fn reset(&mut self, key: KeyCode) {
        self.mode = Mode::Task;
        if key == KeyCode::Char('y') {
            let text = shelf::start_over(self.course, &self.answers, self.exercise());
            self.notice = text.unwrap_or_else(|error| format!("{error:#}"));
            self.body.clear();
            self.refresh();
        }
    }
}
