//! `gradus learn` from the first page to the last key, in a terminal of its own.

#![cfg(unix)]

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use portable_pty::PtySize;
use std::num::NonZero;
use std::process::Command;
use std::time::{Duration, Instant};
use support::course;
use terminal::{PATIENCE, Terminal, unwrapped};

const KEYS: &str = "h hint  l list  r reset  q quit";

#[test]
fn a_session_from_the_first_page_to_the_last_key() {
    let root = course();
    let mut terminal = Terminal::open(root.path(), &[]);
    let page =
        ["Twice", "0 of 2 solved", "edit  answers/01-a/double.rs", "demand number 2"];
    terminal.shows(&page);
    terminal.shows(&["✗ one number", "expected  2", KEYS]);
    let raw = format!("{:?}", terminal.master.get_termios().unwrap());
    assert_ne!(raw, terminal.before, "keys come one by one");

    terminal.press("h");
    terminal.shows(&["Hint 1 of 2", "Add it to itself.", "not: expected"]);
    terminal.press("r");
    terminal.shows(&["Start over?", "y/n"]);
    terminal.press("n");
    terminal.shows(&["not: Start over?", KEYS]);
    terminal.answer("double", "// mine");
    terminal.press("r");
    terminal.shows(&["Start over?"]);
    terminal.press("y");
    terminal.shows(&["kept as answers/01-a/double.before-reset-1.rs"]);

    terminal.answer("double", "// RIGHT");
    let screen = terminal.shows(&["Right.", "Because.", "1 of 2 solved", "n next"]);
    assert!(!screen.contains("demand number 1"), "{screen}");
    terminal.answer("double", "// WRONG");
    terminal.shows(&["0 of 2 solved", "it counts as open again", "demand number 1"]);

    std::fs::remove_file(root.path().join("answers/01-a/double.rs")).unwrap();
    terminal.shows(&["Your answer cannot be read", "cargo gradus reset double"]);

    terminal.press("l");
    terminal.shows(&["Which exercise?", "> · double", "· half"]);
    terminal.press("j");
    terminal.shows(&["> · half"]);
    terminal.press("\r");
    terminal.shows(&["edit  answers/01-a/half.rs", KEYS]);
    terminal.press("q");
    let (code, took, _) = terminal.ends();
    assert_eq!(code, 0);
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[test]
fn an_answer_that_loops_holds_nobody_up() {
    let root = course();
    let mut terminal = Terminal::open(root.path(), &[]);
    let runs = || {
        let start = Instant::now();
        while !root.path().join("runs").exists() {
            assert!(start.elapsed() < PATIENCE, "the answer does not run");
            std::thread::sleep(Duration::from_millis(10));
        }
        std::fs::remove_file(root.path().join("runs")).unwrap();
    };
    terminal.shows(&["expected  2"]);
    // The next save is tried at once.
    terminal.answer("double", "// LOOP");
    runs();
    let start = Instant::now();
    terminal.answer("double", "// RIGHT now");
    terminal.shows(&["Right."]);
    assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
    // So is another exercise; what was stopped counts neither as right nor as wrong.
    terminal.answer("double", "// LOOP");
    runs();
    terminal.press("lj\r");
    let start = Instant::now();
    terminal.shows(&["edit  answers/01-a/half.rs", "expected  2", "1 of 2 solved"]);
    assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
    // And so is the way out.
    terminal.answer("half", "// LOOP");
    runs();
    terminal.press("q");
    let (code, took, _) = terminal.ends();
    assert_eq!(code, 0);
    assert!(took < Duration::from_secs(6), "{took:?}");
    let left = std::fs::read_dir(root.path().join("target/learn")).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert!(!format!("{left:?}").contains("program-"), "{left:?}");
}

#[test]
fn a_build_that_is_under_way_is_not_waited_for() {
    let root = course();
    std::fs::create_dir_all(root.path().join("answers/01-a")).unwrap();
    std::fs::write(root.path().join("answers/01-a/double.rs"), "// SLOW").unwrap();
    let mut terminal = Terminal::open(root.path(), &[]);
    terminal.shows(&["building the library, once: this takes a minute or two", KEYS]);
    terminal.press("h");
    terminal.shows(&["Hint 1 of 2"]);
    terminal.press("q");
    let (code, took, _) = terminal.ends();
    assert_eq!(code, 0);
    assert!(took < Duration::from_secs(6), "{took:?}");
}

#[test]
fn control_c_quits_whatever_is_shown() {
    let root = course();
    for keys in ["", "l", "r"] {
        let mut terminal = Terminal::open(root.path(), &[]);
        terminal.shows(&["expected  2", KEYS]);
        terminal.press(keys);
        match keys {
            "l" => terminal.shows(&["Which exercise?"]),
            "r" => terminal.shows(&["Start over?"]),
            _ => String::new(),
        };
        terminal.press("\x03");
        assert_eq!(terminal.ends().0, 0, "after {keys:?}");
    }
}

#[test]
fn nothing_is_lost_beyond_the_edge_of_the_screen() {
    let root = course();
    let mut terminal = Terminal::open(root.path(), &[]);
    terminal.shows(&["expected  2"]);
    terminal.press("lj\r");
    // The task is cut and says where it stands whole; head, verdict and keys are there.
    let always = ["Twice", "edit  answers/01-a/half.rs", KEYS];
    let whole = "the whole task stands at the head of answers/01-a/half.rs";
    terminal.shows(&always);
    let screen = terminal.shows(&["demand number 1 - demand", "expected  2", whole]);
    assert!(always.iter().all(|part| screen.contains(part)), "{screen}");
    let head = std::fs::read_to_string(root.path().join("answers/01-a/half.rs")).unwrap();
    assert!(head.contains("demand number 60"), "{head}");
    terminal.answer("half", "// LONG");
    terminal.shows(&[
        "Twice",
        "Right.",
        "for the rest: cargo gradus check half",
        "n next",
    ]);
    terminal.answer("half", "// WRONG");
    terminal.shows(&["expected  2", whole]);

    let size = PtySize { rows: 40, cols: 60, ..PtySize::default() };
    let (rows, columns) = (NonZero::new(40).unwrap(), NonZero::new(60).unwrap());
    terminal.seen.lock().unwrap().0.screen_mut().set_size(rows, columns);
    terminal.master.resize(size).unwrap();
    terminal.shows(&["Twice", "demand number 20", "expected  2", whole, KEYS]);
    terminal.press("q");
    assert_eq!(terminal.ends().0, 0);
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    let root = course();
    for (variables, coloured) in [(&[][..], true), (&[("NO_COLOR", "1")][..], false)] {
        let mut terminal = Terminal::open(root.path(), variables);
        terminal.shows(&["expected  2", KEYS]);
        let seen = String::from_utf8_lossy(&terminal.seen.lock().unwrap().1).into_owned();
        let colours = seen.split("\x1b[").skip(1).filter(|rest| {
            let end = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
            end.starts_with('m')
        });
        assert_eq!(colours.count() > 0, coloured, "{seen:?}");
        terminal.press("q");
        terminal.ends();
    }
}

#[test]
fn a_second_learn_is_sent_to_the_first() {
    let root = course();
    let mut first = Terminal::open(root.path(), &[]);
    first.shows(&["expected  2"]);
    let (code, _, screen) = Terminal::open(root.path(), &[]).ends();
    assert_eq!(code, 2);
    assert!(screen.contains("another `learn` is running on this folder"), "{screen}");
    first.press("q");
    assert_eq!(first.ends().0, 0);
}

#[test]
fn answers_that_cannot_be_written_are_told_of() {
    let root = course();
    std::fs::write(root.path().join("answers"), "a file in the folder's place").unwrap();
    let (code, _, screen) = Terminal::open(root.path(), &[]).ends();
    assert_eq!(code, 2);
    let why = "it cannot be written: is a file in its place";
    assert!(unwrapped(&screen).contains(why), "{screen}");
}

#[test]
fn a_build_that_fails_says_why() {
    let root = course();
    std::fs::write(
        root.path().join("cargo"),
        "#!/bin/sh\necho 'error: no disk' >&2\nexit 1\n",
    )
    .unwrap();
    let mut terminal = Terminal::open(root.path(), &[]);
    terminal.shows(&["not because of the answer", "error: no disk", KEYS]);
    // Nor is it the answer's fault where there is no cargo at all.
    std::fs::remove_file(root.path().join("cargo")).unwrap();
    terminal.answer("double", "// again");
    terminal.shows(&["is Rust installed?", KEYS]);
    terminal.press("q");
    assert_eq!(terminal.ends().0, 0);
}

#[test]
fn without_a_terminal_the_answer_is_tried_once() {
    let root = course();
    let output = Command::new(env!("CARGO_BIN_EXE_gradus"))
        .args(["learn", "--no-book"])
        .current_dir(root.path())
        .env("CARGO", root.path().join("cargo"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("no terminal") && text.contains("expected  2"), "{text}");
}
