//! `cargo run --example train`, killed and resumed, as the page shows it: `session.txt` is
//! what a terminal showed, and is compared with what happens here.

use super::support::lines;
use clap::Parser;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

#[path = "../../examples/train.rs"]
#[allow(dead_code)]
mod train;

/// The arguments of a child, as one line; without it there is no child.
const ARGUMENTS: &str = "GRADUS_TEST_TRAIN";

/// What a child does: what the example does. Without arguments it looks whether the example
/// would refuse nonsense, so that it is a test too.
#[test]
fn a_child_is_the_example() {
    let Ok(arguments) = std::env::var(ARGUMENTS) else {
        let nonsense = train::Arguments::try_parse_from(["train", "--epochs", "many"]);
        assert!(nonsense.is_err());
        return;
    };
    let words = ["train"].into_iter().chain(arguments.split(' '));
    train::run(&train::Arguments::parse_from(words));
}

fn child(arguments: &str) -> Child {
    let filter = ["--exact", "session::a_child_is_the_example", "--nocapture"];
    let mut program = Command::new(std::env::current_exe().unwrap());
    let program = program.args(filter).env(ARGUMENTS, arguments);
    program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The line with which a run ends.
fn last_line(output: Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = said.lines().find(|line| line.contains("after update"));
    line.unwrap_or_else(|| panic!("{said}")).to_string()
}

/// What a run leaves: the checkpoint, the best weights, the metrics without times.
fn left(folder: &Path) -> (Vec<u8>, Vec<u8>, Vec<serde_json::Value>) {
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let metrics = super::support::metrics(folder);
    (file("checkpoint.safetensors"), file("best.safetensors"), metrics)
}

/// Numbers agree to 0.02 (another processor rounds differently), words exactly.
fn assert_alike(got: &str, shown: &str) {
    let (own, other): (Vec<_>, Vec<_>) =
        (got.split(' ').collect(), shown.split(' ').collect());
    assert_eq!(own.len(), other.len(), "{got:?}, and the page shows {shown:?}");
    for (own, other) in own.iter().zip(&other) {
        let number = |word: &str| word.trim_end_matches(',').parse::<f64>();
        let alike = match (number(own), number(other)) {
            (Ok(own), Ok(other)) => (own - other).abs() <= 0.02,
            _ => own == other,
        };
        assert!(alike, "{got:?}, and the page shows {shown:?}");
    }
}

#[test]
fn the_example_killed_and_resumed_is_the_session_that_the_page_shows() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let arguments = |name: &str, rest: &str| {
        format!("--epochs 30 --folder {}{rest}", at(name).display())
    };
    let whole = last_line(child(&arguments("whole", "")).wait_with_output().unwrap());

    let mut killed = child(&arguments("killed", ""));
    let deadline = Instant::now() + Duration::from_secs(60);
    while lines(&at("killed")) < 200 {
        assert!(Instant::now() < deadline, "the run does not move");
        std::thread::sleep(Duration::from_millis(1));
    }
    killed.kill().unwrap(); // kill -9
    assert!(!killed.wait().unwrap().success(), "it had ended before it was killed");
    assert_ne!(left(&at("killed")).0, left(&at("whole")).0);
    let again = child(&arguments("killed", "")).wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(said.contains("there is a checkpoint in it"), "{said}");
    let resumed = child(&arguments("killed", " --resume")).wait_with_output().unwrap();
    let resumed = last_line(resumed);
    assert_eq!(resumed, whole);
    assert!(left(&at("killed")) == left(&at("whole")), "other bits");

    let session = include_str!("session.txt");
    let mut shown = session.lines().filter(|line| line.starts_with("complete after"));
    assert_alike(&whole, shown.next().unwrap());
    assert_alike(&resumed, shown.next().unwrap());
    assert_eq!(shown.next(), None);
}
