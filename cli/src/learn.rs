//! The companion: one exercise at a time, tried at every save.

use crate::attempt::{self, Attempt, Stamp};
use crate::bookshop::{Bookshop, State};
use crate::raw::{Raw, show};
use crate::screen::{bold, dim, green, progress_mark, width, wrap};
use crate::{check, shelf};
use anyhow::bail;
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal;
use gradus_course::answers::{Answers, Progress};
use gradus_course::{Course, Exercise};
use std::io::{IsTerminal, Write, stdout};
use std::path::PathBuf;
use std::time::Duration;

/// `gradus learn`.
pub fn learn(course: &Course, with_book: bool) -> anyhow::Result<bool> {
    let answers = Answers::new(&course.root);
    let Some(_claim) = answers.claim()? else {
        bail!("another `learn` is running on this folder: go on there, or end it with q");
    };
    let exercises = course.exercises();
    let (progress, notice) = answers.progress()?;
    let first =
        exercises.iter().position(|exercise| !progress.is_solved(exercise)).unwrap_or(0);
    if !std::io::stdin().is_terminal() || !stdout().is_terminal() {
        println!(
            "There is no terminal to watch: trying `{}` once.",
            exercises[first].name
        );
        return check::one(course, &exercises[first].name, None, 10);
    }
    let mut session = Session {
        path: answers.ensure(&exercises[first])?,
        course,
        answers,
        exercises,
        progress,
        current: first,
        tried: None,
        attempt: None,
        body: String::new(),
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

struct Session<'a> {
    course: &'a Course,
    answers: Answers,
    exercises: Vec<Exercise>,
    progress: Progress,
    current: usize,
    /// The current answer.
    path: PathBuf,
    /// The save of it that was tried last, or is being tried.
    tried: Option<Stamp>,
    attempt: Option<Attempt>,
    /// What stands under the statement: the last verdict, a hint.
    body: String,
    passed: bool,
    notice: String,
    book: Bookshop,
}

impl Session<'_> {
    fn run(&mut self) -> anyhow::Result<()> {
        let mut drawn = None;
        loop {
            if self.attempt.as_ref().is_some_and(Attempt::is_over) {
                self.conclude();
                drawn = None;
            }
            if self.attempt.is_none() && attempt::stamp(&self.path) != self.tried {
                self.tried = attempt::settled(&self.path);
                self.passed = false;
                self.attempt =
                    Some(Attempt::begin(self.course, self.exercise(), self.path.clone()));
            }
            let state = (self.book.state(), self.attempt.as_ref().map(Attempt::progress));
            if drawn.as_ref() != Some(&state) {
                self.draw()?;
                drawn = Some(state);
            }
            if !event::poll(Duration::from_millis(50))? {
                continue;
            }
            match event::read()? {
                Event::Key(key) if key.kind == KeyEventKind::Release => continue,
                Event::Key(key) => {
                    let control = key.modifiers.contains(KeyModifiers::CONTROL);
                    match key.code {
                        KeyCode::Char('c' | 'd') if control => return Ok(()),
                        KeyCode::Char('q') => return Ok(()),
                        KeyCode::Char(key) => self.key(key)?,
                        _ => continue,
                    }
                }
                Event::Resize(..) => {}
                _ => continue,
            }
            drawn = None;
        }
    }

    fn exercise(&self) -> &Exercise {
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

    /// Takes up what came of the attempt; after the first one the book may have the
    /// processor.
    fn conclude(&mut self) {
        let Some(attempt) = self.attempt.take() else { return };
        let exercise = attempt.exercise.clone();
        let result = attempt.end();
        self.refresh();
        if let Ok(outcome) = &result {
            match check::remember(&self.answers, &exercise, outcome.passed) {
                Ok(progress) => self.progress = progress,
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
        }
        self.book.open(self.course);
    }

    fn key(&mut self, key: char) -> anyhow::Result<()> {
        self.notice.clear();
        self.refresh();
        let text = match key {
            'n' if self.passed => {
                let n = self.exercises.len();
                let mut after = (1..n).map(|step| (self.current + step) % n);
                if let Some(next) =
                    after.find(|i| !self.progress.is_solved(&self.exercises[*i]))
                {
                    return self.open(next);
                }
                Ok(green("Every exercise is solved. The next chapter is on its way."))
            }
            'l' => {
                if let Some(chosen) = self.choose()? {
                    self.open(chosen)?;
                }
                return Ok(());
            }
            'h' => shelf::next_hint(&self.answers, self.exercise()),
            's' if self.passed => shelf::beside(&self.answers, self.exercise()),
            'r' => {
                print!("\r\nStart over? A copy of your answer is kept. y/n ");
                stdout().flush()?;
                loop {
                    if let Event::Key(key) = event::read()?
                        && key.kind != KeyEventKind::Release
                    {
                        if key.code == KeyCode::Char('y') {
                            break shelf::start_over(
                                self.course,
                                &self.answers,
                                self.exercise(),
                            );
                        }
                        return Ok(());
                    }
                }
            }
            _ => return Ok(()),
        };
        self.body = text.unwrap_or_else(|error| format!("{error:#}"));
        Ok(())
    }

    /// Lets the reader pick an exercise.
    fn choose(&self) -> anyhow::Result<Option<usize>> {
        let mut at = self.current;
        loop {
            let rows = usize::from(terminal::size().map_or(24, |(_, rows)| rows))
                .saturating_sub(5)
                .max(3);
            let from = at.saturating_sub(rows / 2);
            let mut text = format!("{}\n\n", bold("Which exercise?"));
            for (index, exercise) in
                self.exercises.iter().enumerate().skip(from).take(rows)
            {
                let solved = progress_mark(self.progress.is_solved(exercise));
                let pointer = if index == at { ">" } else { " " };
                text += &format!(
                    "{pointer} {solved} {}  {}\n",
                    exercise.name,
                    dim(&exercise.chapter)
                );
            }
            show(&format!(
                "{text}\n{}",
                dim("up/down or j/k  move    enter  choose    esc  back")
            ))?;
            if let Event::Key(key) = event::read()?
                && key.kind != KeyEventKind::Release
            {
                match key.code {
                    KeyCode::Up | KeyCode::Char('k') => at = at.saturating_sub(1),
                    KeyCode::Down | KeyCode::Char('j') => {
                        at = (at + 1).min(self.exercises.len() - 1)
                    }
                    KeyCode::Enter => return Ok(Some(at)),
                    KeyCode::Esc | KeyCode::Char('q' | 'l' | 'c') => return Ok(None),
                    _ => {}
                }
            }
        }
    }

    fn draw(&self) -> anyhow::Result<()> {
        let (exercise, width) = (self.exercise(), width());
        let solved = self
            .exercises
            .iter()
            .filter(|exercise| self.progress.is_solved(exercise))
            .count();
        let all = self.exercises.len();
        let bar = 24 * solved / all.max(1);
        let text = exercise.text()?;
        let shown =
            self.path.strip_prefix(&self.course.root).unwrap_or(&self.path).display();
        let mut page = format!(
            "{}  {}\n",
            bold(&text.title),
            dim(&format!("{} / {}", exercise.chapter, exercise.name))
        );
        page += &format!(
            "[{}{}] {solved} of {all} solved\n",
            "#".repeat(bar),
            "-".repeat(24 - bar)
        );
        page += &format!("edit  {shown}\n");
        page += &match self.book.state() {
            State::At(address) => format!("book  {address}\n"),
            State::Waiting => "book  waits for the first check\n".into(),
            State::Building => {
                "book  is being built; its address will stand here\n".into()
            }
            State::Failed => {
                "book  could not be served: see target/book/log.txt\n".into()
            }
            State::Unwanted => String::new(),
        };
        if !self.notice.is_empty() {
            page += &format!("\n{}\n", wrap(&self.notice, width, 0));
        }
        if !self.passed {
            page += &format!("\n{}\n", wrap(&text.statement, width, 0));
        }
        if !self.body.is_empty() {
            page += &format!("\n{}\n", self.body.trim_end());
        }
        if let Some(attempt) = &self.attempt {
            page += &format!("\n{}\n", dim(&attempt.progress()));
        }
        page.push('\n');
        let keys = if self.passed { "n next  s solution  " } else { "h hint  " };
        page +=
            &dim(&format!("{keys}l list  r reset  q quit   (saving the file tries it)"));
        Ok(show(&page)?)
    }
}
