//! A check's outcome, in words for the one who wrote the answer.

use crate::screen::{bold, dim, mark, wrap};
use gradus_course::supervise::{Ending, Limits, Run};
use gradus_course::verdict::Failure;

/// The first failure or how it ended, then the cases: what matters most comes first, since
/// a small screen shows no more.
pub fn show(run: &Run, limits: Limits, width: usize) -> String {
    let sentence = |text: String| format!("{}\n", wrap(&text, width, 0));
    let verdict = match (run.verdict.first_failure(), ended(&run.ending, limits)) {
        (Some((_, failure)), _) if is_unwritten(failure) => {
            return sentence(format!("Not written yet: {}", unwritten_part(failure)));
        }
        (Some((case, failure)), _) => {
            format!("{} {}\n{}\n", mark(false), bold(case), explain(failure, width))
        }
        (None, Some(text)) => sentence(text) + "\n",
        (None, None) => String::new(),
    };
    let interrupted = run.verdict.interrupted.iter();
    let interrupted = interrupted.filter(|_| run.ending != Ending::Finished);
    let cases = run.verdict.cases.iter();
    let cases = cases.map(|case| (case.failure.is_none(), &case.name));
    let line = |(passed, name)| format!("  {} {name}\n", mark(passed));
    let list: String =
        cases.chain(interrupted.map(|name| (false, name))).map(line).collect();
    verdict + &list
}

/// What the answer printed, should it have.
pub fn printed(run: &Run, width: usize) -> String {
    let unwritten =
        run.verdict.first_failure().is_some_and(|(_, failure)| is_unwritten(failure));
    let mut text = String::new();
    let printed: Vec<String> =
        run.output.lines().filter(|line| !is_of_the_runtime(line)).map(plain).collect();
    if !printed.is_empty() && !unwritten {
        text += &format!("\n{}\n", dim("Your answer printed:"));
        for line in printed.iter().take(SHOWN) {
            text += &format!("  {}\n", shortened(line, width.saturating_sub(2)));
        }
        if printed.len() > SHOWN {
            text += &format!("  … and {} lines more\n", printed.len() - SHOWN);
        }
    }
    text
}

const SHOWN: usize = 20;

/// What Rust's own runtime prints when it ends a program; the verdict says it in words
/// that help.
fn is_of_the_runtime(line: &str) -> bool {
    line.contains("memory allocation of ")
        || line.contains("has overflowed its stack")
        || line.contains("fatal runtime error: stack overflow")
}

/// Without the characters that would move the cursor or change the colours.
fn plain(line: &str) -> String {
    line.replace('\t', "    ").replace(char::is_control, "")
}

fn shortened(line: &str, width: usize) -> String {
    match line.char_indices().nth(width) {
        Some(_) => line.chars().take(width - 1).chain(['…']).collect(),
        None => line.to_string(),
    }
}

const TODO: &str = "not yet implemented: ";

fn is_unwritten(failure: &Failure) -> bool {
    failure.panicked && failure.what.starts_with(TODO.trim_end_matches(": "))
}

fn unwritten_part(failure: &Failure) -> &str {
    failure.what.trim_start_matches(TODO)
}

fn explain(failure: &Failure, width: usize) -> String {
    let row = |label: &str, text: &str| match text {
        "" => String::new(),
        text => format!(
            "  {}  {}\n",
            dim(&format!("{label:>9}")),
            wrap(text, width.saturating_sub(13), 0).replace('\n', "\n             ")
        ),
    };
    let mut text = row("given", &failure.given);
    if failure.panicked {
        return text + &row("panicked", &failure.what);
    }
    text += &row("looked at", &failure.what);
    text += &row("expected", &failure.expected);
    text += &row("got", &failure.got);
    text + &row("suggests", failure.suggests.as_deref().unwrap_or_default())
}

fn ended(ending: &Ending, limits: Limits) -> Option<String> {
    let seconds = match limits.time.as_secs() {
        1 => "1 second".to_string(),
        seconds => format!("{seconds} seconds"),
    };
    Some(match ending {
        Ending::Finished => return None,
        Ending::TimedOut => {
            format!("Your answer was stopped after {seconds}. Does a loop never end?")
        }
        Ending::Stopped => "The check was stopped before it was done.".into(),
        Ending::OutOfMemory => format!(
            "Your answer asked for more than {} MiB. Does a list grow without end?",
            limits.memory >> 20
        ),
        Ending::TooMuchOutput => format!(
            "Your answer printed more than {} MiB. Is there a `println!` in a loop?",
            limits.output >> 20
        ),
        Ending::StackOverflow => {
            "Your answer filled its stack. Does a function call itself without end?"
                .into()
        }
        Ending::Exited(code) => format!(
            "Your answer ended the program (exit code {code}) before the check was done. Return from the function instead."
        ),
        Ending::Crashed(how) => format!("Your answer crashed: {how}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_course::verdict::{Case, Verdict};
    use std::time::Duration;

    fn shown(
        ending: Ending,
        failure: Option<Failure>,
        interrupted: Option<&str>,
        output: &str,
    ) -> String {
        let cases = vec![
            Case { name: "first".into(), failure: None },
            Case { name: "second".into(), failure },
        ];
        let verdict = Verdict {
            cases,
            interrupted: interrupted.map(String::from),
            finished: ending == Ending::Finished,
        };
        let run = Run { ending, verdict, output: output.into(), elapsed: Duration::ZERO };
        show(&run, Limits::default(), 80) + &printed(&run, 80)
    }

    #[test]
    fn a_failure_says_what_was_expected_for_which_input_and_what_it_suggests() {
        let failure = Failure {
            what: "the sum".into(),
            given: "sum(1, 2)".into(),
            expected: "3".into(),
            got: "-3".into(),
            suggests: Some("the sign is flipped".into()),
            panicked: false,
        };
        let text = shown(Ending::Finished, Some(failure), None, "");
        let marks = [format!("{} first", mark(true)), format!("{} second", mark(false))];
        let parts =
            ["sum(1, 2)", "expected  3", "got  -3", "suggests  the sign is flipped"]
                .map(String::from);
        for part in marks.iter().chain(&parts) {
            assert!(text.contains(part), "{part} not in\n{text}");
        }
        // On a small screen the list is cut, and not what helps.
        assert!(text.find("suggests") < text.find("first"), "{text}");
    }

    #[test]
    fn every_ending_has_its_own_sentence() {
        let endings = [
            (Ending::TimedOut, "loop never end"),
            (Ending::OutOfMemory, "grow without end"),
            (Ending::TooMuchOutput, "println"),
            (Ending::StackOverflow, "call itself"),
            (Ending::Exited(0), "ended the program"),
            (Ending::Crashed("signal 11".into()), "signal 11"),
        ];
        for (ending, part) in endings {
            let text = shown(ending, None, Some("third"), "");
            assert!(
                text.contains(part) && text.contains(&format!("{} third", mark(false))),
                "{text}"
            );
        }
    }

    #[test]
    fn a_long_task_is_wrapped() {
        let what = "not yet implemented: ".to_string() + &"word ".repeat(40);
        let failure = Failure { panicked: true, what, ..Failure::default() };
        let text = shown(Ending::Finished, Some(failure), None, "");
        assert!(
            text.lines().count() > 2
                && text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
    }

    #[test]
    fn an_unwritten_answer_is_not_scolded_and_prints_are_shown_short() {
        let failure = Failure {
            panicked: true,
            what: "not yet implemented: take the steps".into(),
            ..Failure::default()
        };
        let text = shown(Ending::Finished, Some(failure), None, "");
        assert_eq!(text, "Not written yet: take the steps\n");
        let text = shown(Ending::Finished, None, None, &"x\n".repeat(100));
        assert!(text.contains("and 80 lines more"), "{text}");
    }

    #[test]
    fn what_an_answer_prints_cannot_flood_or_recolour_the_screen() {
        let output = "\x1b[2J\x07a\tb\n".to_string() + &"x".repeat(5000) + "\n";
        let text = shown(Ending::Finished, None, None, &output);
        assert!(text.contains("  [2Ja    b\n"), "{text:?}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        let words = "memory allocation of 8 bytes failed\n";
        let text = shown(Ending::OutOfMemory, None, Some("third"), words);
        assert!(!text.contains("printed"), "{text}");
    }
}
