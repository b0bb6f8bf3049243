//! Runs a check in a child process. An answer may loop for ever, allocate without end,
//! print without end, panic, overflow its stack or end the process: none of it harms the
//! one who watches.

use crate::control::Control;
use crate::verdict::{EVENTS, Verdict};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// The environment variable that holds the bytes a check may allocate.
pub const MEMORY: &str = "GRADUS_MEMORY";

/// The environment variable that holds the milliseconds a check may take.
pub const TIME: &str = "GRADUS_TIME";

/// What an answer may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Wall-clock time.
    pub time: Duration,
    /// Bytes allocated at once.
    pub memory: usize,
    /// Bytes printed.
    pub output: u64,
}

impl Default for Limits {
    /// Ten seconds, 1 GiB, 4 MiB.
    fn default() -> Limits {
        Limits { time: Duration::from_secs(10), memory: 1 << 30, output: 4 << 20 }
    }
}

/// How the child ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// The check came to its end: the verdict tells.
    Finished,
    /// It was still running when its time was up.
    TimedOut,
    /// Nobody wanted it any more: [`Control::stop`].
    Stopped,
    /// It asked for more memory than it may have.
    OutOfMemory,
    /// It printed more than it may.
    TooMuchOutput,
    /// It recursed until its stack was full.
    StackOverflow,
    /// It ended the process: `exit(0)`, say.
    Exited(i32),
    /// The system ended it.
    Crashed(String),
}

/// A check that was run.
#[derive(Debug, Clone)]
pub struct Run {
    /// How it ended.
    pub ending: Ending,
    /// What it reported.
    pub verdict: Verdict,
    /// What the answer printed.
    pub output: String,
    /// The time it took.
    pub elapsed: Duration,
}

impl Run {
    /// Whether every case was tried and passed.
    pub fn passed(&self) -> bool {
        self.ending == Ending::Finished
            && !self.verdict.cases.is_empty()
            && self.verdict.first_failure().is_none()
    }

    /// The run that was stopped before it began.
    fn never() -> Run {
        Run {
            ending: Ending::Stopped,
            verdict: Verdict::default(),
            output: String::new(),
            elapsed: Duration::ZERO,
        }
    }
}

/// Runs `program` with `arguments` within `limits`, until `control` stops it.
///
/// # Errors
/// When the program cannot be started or watched; what the program itself does is never
/// an error.
pub fn run(
    program: &Path,
    arguments: &[&str],
    limits: Limits,
    control: &Control,
) -> std::io::Result<Run> {
    // In this order: whoever stops the run and then sees it not running can leave.
    control.begin();
    if control.is_stopped() {
        return Ok(Run::never());
    }
    let folder = tempfile::tempdir()?;
    let (events, printed) = (folder.path().join("events"), folder.path().join("printed"));
    // Files rather than pipes: they outlive the child, and nobody has to read them while
    // it runs.
    let output = File::create(&printed)?;
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .env(EVENTS, &events)
        .env(MEMORY, limits.memory.to_string())
        .env(TIME, limits.time.as_millis().to_string())
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output.try_clone()?)
        .spawn()?;
    let mut stopped = None;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if control.is_stopped() {
            stopped = Some(Ending::Stopped);
        } else if start.elapsed() > limits.time {
            stopped = Some(Ending::TimedOut);
        } else if output.metadata()?.len() > limits.output {
            stopped = Some(Ending::TooMuchOutput);
        }
        if stopped.is_some() {
            child.kill()?;
            break child.wait()?;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let elapsed = start.elapsed();
    let verdict = Verdict::read(&String::from_utf8_lossy(
        &std::fs::read(&events).unwrap_or_default(),
    ));
    let mut output = Vec::new();
    // Only as much as it may print: it may have printed gigabytes by now.
    File::open(&printed)?.take(limits.output).read_to_end(&mut output)?;
    let output = String::from_utf8_lossy(&output).into_owned();
    let ending = stopped.unwrap_or_else(|| ending(status, &verdict, &output));
    Ok(Run { ending, verdict, output, elapsed })
}

fn ending(status: ExitStatus, verdict: &Verdict, output: &str) -> Ending {
    match status.code() {
        Some(0) if verdict.finished => Ending::Finished,
        // The words of Rust's own runtime.
        _ if output.contains("memory allocation of") => Ending::OutOfMemory,
        _ if output.contains("has overflowed its stack") => Ending::StackOverflow,
        Some(code) => Ending::Exited(code),
        None => Ending::Crashed(status.to_string()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, seconds: f64, output: u64) -> Run {
        let limits = Limits {
            time: Duration::from_secs_f64(seconds),
            output,
            ..Limits::default()
        };
        let shell = Path::new("/bin/sh");
        run(shell, &["-c", script], limits, &Control::default()).unwrap()
    }

    #[test]
    fn every_way_to_end_is_told_apart() {
        let finished = r#"echo '{"event":"started","case":"a"}' > $GRADUS_EVENTS;
            echo '{"event":"passed"}' >> $GRADUS_EVENTS; echo '{"event":"finished"}' >> $GRADUS_EVENTS"#;
        let cases = [
            (finished, Ending::Finished),
            ("exit 0", Ending::Exited(0)),
            ("exit 3", Ending::Exited(3)),
            (
                "echo 'memory allocation of 9 bytes failed' >&2; exit 134",
                Ending::OutOfMemory,
            ),
            (
                "echo 'thread main has overflowed its stack' >&2; exit 134",
                Ending::StackOverflow,
            ),
        ];
        for (script, ending) in cases {
            let run = shell(script, 10.0, 1000);
            assert_eq!(run.ending, ending, "{script}");
            assert_eq!(run.passed(), ending == Ending::Finished, "{script}");
        }
        assert!(matches!(shell("kill -9 $$", 10.0, 1000).ending, Ending::Crashed(_)));
    }

    #[test]
    fn endless_work_and_endless_output_are_stopped() {
        let endless = shell("while :; do :; done", 0.2, 1000);
        assert_eq!(endless.ending, Ending::TimedOut);
        assert!(endless.elapsed < Duration::from_secs(5));
        // `exec`: a shell would be killed, and what it started would print on for ever.
        let noisy = shell("exec yes", 10.0, 10_000);
        assert_eq!(noisy.ending, Ending::TooMuchOutput);
        assert_eq!(noisy.output.len(), 10_000);
    }

    #[test]
    fn a_run_that_is_stopped_ends_at_once() {
        let limits = Limits { time: Duration::from_secs(60), ..Limits::default() };
        let (shell, script) = (Path::new("/bin/sh"), ["-c", "while :; do :; done"]);
        let control = Control::default();
        let run = std::thread::scope(|scope| {
            let watched = scope.spawn(|| run(shell, &script, limits, &control).unwrap());
            while !control.is_running() {
                std::thread::yield_now();
            }
            assert!(!watched.is_finished());
            control.stop();
            watched.join().unwrap()
        });
        assert_eq!(run.ending, Ending::Stopped);
        assert!(!run.passed() && run.elapsed < Duration::from_secs(10), "{run:?}");
    }

    #[test]
    fn a_run_that_is_stopped_before_it_begins_never_begins() {
        let control = Control::default();
        control.stop();
        let nothing = Path::new("/no/such/program");
        assert!(run(nothing, &[], Limits::default(), &Control::default()).is_err());
        let run = run(nothing, &[], Limits::default(), &control).unwrap();
        assert_eq!(run.ending, Ending::Stopped);
        assert!(!run.passed());
    }

    #[test]
    fn a_check_without_cases_has_not_passed() {
        let run = shell(r#"echo '{"event":"finished"}' > $GRADUS_EVENTS"#, 10.0, 1000);
        assert_eq!(run.ending, Ending::Finished);
        assert!(!run.passed());
    }
}
