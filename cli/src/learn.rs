//! The companion: one exercise at a time, tried at every save.

use crate::bookshop::{Bookshop, State};
use crate::screen::{bold, dim, green, width, wrap};
use crate::{check, leaf, shelf};
use anyhow::bail;
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::{cursor, execute, terminal};
use gradus_course::answers::Answers;
use gradus_course::supervise::Limits;
use gradus_course::{Course, Exercise};
use notify::{RecursiveMode, Watcher};
use std::io::{IsTerminal, Write, stdout};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime};

/// `gradus learn`.
pub fn learn(course: &Course, with_book: bool) -> anyhow::Result<bool> {
    let answers = Answers::new(&course.root);
    let Some(_claim) = answers.claim()? else {
        bail!("another `learn` is running on this folder: go on there, or end it with q");
    };
    let exercises = course.exercises();
    let (progress, notice) = answers.progress()?;
    let first = exercises.iter().position(|exercise| !progress.is_solved(exercise)).unwrap_or(0);
    if !std::io::stdin().is_terminal() || !stdout().is_terminal() {
        println!("There is no terminal to watch: trying `{}` once.", exercises[first].name);
        return check::one(course, &exercises[first].name, None, 10);
    }
    let mut session = Session {
        course,
        answers,
        exercises,
        current: first,
        body: String::new(),
        passed: false,
        notice: notice.unwrap_or_default(),
        book: Bookshop::new(with_book),
    };
    let _raw = Raw::enter()?;
    session.run()?;
    Ok(true)
}

/// Raw mode, and the terminal as it was when this ends, whatever ends it.
struct Raw;

impl Raw {
    fn enter() -> anyhow::Result<Raw> {
        terminal::enable_raw_mode()?;
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let _ = terminal::disable_raw_mode();
            before(info);
        }));
        Ok(Raw)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = terminal::disable_raw_mode();
        let _ = execute!(stdout(), cursor::Show);
        println!();
    }
}

struct Session<'a> {
    course: &'a Course,
    answers: Answers,
    exercises: Vec<Exercise>,
    current: usize,
    /// What stands under the statement: the last verdict, a hint, the list.
    body: String,
    passed: bool,
    notice: String,
    book: Bookshop,
}

impl Session<'_> {
    fn run(&mut self) -> anyhow::Result<()> {
        let (send, saves) = channel();
        // Where the system cannot watch (a network folder), the look at the file's stamp below still sees a save.
        let mut watcher = notify::recommended_watcher(move |_| {
            let _ = send.send(());
        })
        .ok();
        let mut path = self.open()?;
        if let Some(watcher) = &mut watcher {
            let _ = watcher.watch(&self.course.root.join("answers"), RecursiveMode::Recursive);
        }
        let mut stamp = None;
        let mut book = State::Waiting;
        loop {
            let now = stamp_of(&path);
            if now != stamp {
                stamp = settled(&path, &saves);
                self.try_answer(&path)?;
                self.book.open(self.course);
            }
            if self.book.state() != book {
                book = self.book.state();
                self.draw(&path)?;
            }
            if !event::poll(Duration::from_millis(50))? {
                continue;
            }
            match event::read()? {
                Event::Resize(..) => self.draw(&path)?,
                Event::Key(key) if key.kind != KeyEventKind::Release => {
                    let control = key.modifiers.contains(KeyModifiers::CONTROL);
                    match key.code {
                        KeyCode::Char('c' | 'd') if control => return Ok(()),
                        KeyCode::Char('q') => return Ok(()),
                        KeyCode::Char('n') if self.passed => {
                            if !self.next()? {
                                self.body =
                                    green("Every exercise is solved. The next chapter is on its way.");
                                self.draw(&path)?;
                                continue;
                            }
                            (path, stamp) = (self.open()?, None);
                        }
                        KeyCode::Char('l') => {
                            if self.choose()? {
                                (path, stamp) = (self.open()?, None);
                            } else {
                                self.draw(&path)?;
                            }
                        }
                        KeyCode::Char(other) => {
                            self.key(other)?;
                            self.draw(&path)?;
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }

    fn exercise(&self) -> &Exercise {
        &self.exercises[self.current]
    }

    /// The current answer's path, its skeleton written if there was none.
    fn open(&mut self) -> anyhow::Result<PathBuf> {
        (self.body, self.passed) = (String::new(), false);
        Ok(self.answers.ensure(self.exercise())?)
    }

    fn try_answer(&mut self, path: &Path) -> anyhow::Result<()> {
        let warm = leaf::is_warm(self.course);
        self.body = dim(if warm { "checking …" } else { "building the library, once: about a minute …" });
        self.passed = false;
        self.draw(path)?;
        match check::answer(self.course, self.exercise(), path, Limits::default()) {
            Ok(outcome) => {
                (self.body, self.passed) = (outcome.text, outcome.passed);
                if let Err(error) = check::remember(&self.answers, self.exercise(), self.passed) {
                    self.notice = format!("The progress could not be kept: {error:#}");
                }
            }
            Err(error) => self.body = format!("{error:#}"),
        }
        self.draw(path)
    }

    fn key(&mut self, key: char) -> anyhow::Result<()> {
        let text = match key {
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
                            break shelf::start_over(self.course, &self.answers, self.exercise());
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

    /// Goes to the next exercise that is not solved; `false` if there is none.
    fn next(&mut self) -> anyhow::Result<bool> {
        let (progress, _) = self.answers.progress()?;
        let n = self.exercises.len();
        let after =
            (1..n).map(|step| (self.current + step) % n).find(|i| !progress.is_solved(&self.exercises[*i]));
        self.current = after.unwrap_or(self.current);
        Ok(after.is_some())
    }

    /// Lets the reader pick an exercise; `false` if none was picked.
    fn choose(&mut self) -> anyhow::Result<bool> {
        let (progress, _) = self.answers.progress()?;
        let mut at = self.current;
        loop {
            let rows = usize::from(terminal::size().map_or(24, |(_, rows)| rows)).saturating_sub(5).max(3);
            let from = at.saturating_sub(rows / 2);
            let mut text = format!("{}\n\n", bold("Which exercise?"));
            for (index, exercise) in self.exercises.iter().enumerate().skip(from).take(rows) {
                let solved = if progress.is_solved(exercise) { green("✓") } else { "·".into() };
                let pointer = if index == at { ">" } else { " " };
                text += &format!("{pointer} {solved} {}  {}\n", exercise.name, dim(&exercise.chapter));
            }
            show(&format!("{text}\n{}", dim("up/down or j/k  move    enter  choose    esc  back")))?;
            if let Event::Key(key) = event::read()?
                && key.kind != KeyEventKind::Release
            {
                match key.code {
                    KeyCode::Up | KeyCode::Char('k') => at = at.saturating_sub(1),
                    KeyCode::Down | KeyCode::Char('j') => at = (at + 1).min(self.exercises.len() - 1),
                    KeyCode::Enter => {
                        self.current = at;
                        return Ok(true);
                    }
                    KeyCode::Esc | KeyCode::Char('q' | 'l') => return Ok(false),
                    KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => return Ok(false),
                    _ => {}
                }
            }
        }
    }

    fn draw(&self, path: &Path) -> anyhow::Result<()> {
        let (exercise, width) = (self.exercise(), width());
        let (progress, _) = self.answers.progress()?;
        let solved = self.exercises.iter().filter(|exercise| progress.is_solved(exercise)).count();
        let all = self.exercises.len();
        let bar = 24 * solved / all.max(1);
        let text = exercise.text()?;
        let shown = path.strip_prefix(&self.course.root).unwrap_or(path).display();
        let mut page =
            format!("{}  {}\n", bold(&text.title), dim(&format!("{} / {}", exercise.chapter, exercise.name)));
        page += &format!("[{}{}] {solved} of {all} solved\n", "#".repeat(bar), "-".repeat(24 - bar));
        page += &format!("edit  {shown}\n");
        page += &match self.book.state() {
            State::At(address) => format!("book  {address}\n"),
            State::Waiting => "book  waits for the first check\n".into(),
            State::Building => "book  is being built; its address will stand here\n".into(),
            State::Failed => "book  could not be served: see target/book/log.txt\n".into(),
            State::Unwanted => String::new(),
        };
        if !self.notice.is_empty() {
            page += &format!("\n{}\n", wrap(&self.notice, width, 0));
        }
        if !self.passed {
            page += &format!("\n{}\n", wrap(&text.statement, width, 0));
        }
        page += &format!("\n{}\n\n", self.body.trim_end());
        let keys = if self.passed { "n next  s solution  " } else { "h hint  " };
        page += &dim(&format!("{keys}l list  r reset  q quit   (saving the file tries it)"));
        show(&page)
    }
}

/// When and how long the file is; `None` while it is being replaced.
fn stamp_of(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Editors write in several goes: waits until the file has been still for a moment.
fn settled(path: &Path, saves: &Receiver<()>) -> Option<(SystemTime, u64)> {
    loop {
        let before = stamp_of(path);
        std::thread::sleep(Duration::from_millis(60));
        while saves.try_recv().is_ok() {}
        if stamp_of(path) == before {
            return before;
        }
    }
}

/// Clears and prints; raw mode wants the carriage to return by hand.
fn show(page: &str) -> anyhow::Result<()> {
    let mut out = stdout();
    execute!(out, terminal::Clear(terminal::ClearType::All), cursor::MoveTo(0, 0))?;
    write!(out, "{}\r\n", page.replace('\n', "\r\n"))?;
    out.flush()?;
    Ok(())
}
