//! What a check reports: one line of JSON per event, so that a check that never ends, or
//! ends the whole process, still leaves behind how far it came.

use serde::{Deserialize, Serialize};

/// The environment variable that names the file for the events.
pub const EVENTS: &str = "GRADUS_EVENTS";

/// One event of a check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Event {
    /// A case begins.
    Started {
        /// Its name.
        case: String,
    },
    /// The case that was started has passed.
    Passed,
    /// The case that was started has failed.
    Failed(Failure),
    /// All cases were tried.
    Finished,
}

/// Why a case failed, in parts, so that each front end can lay them out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Failure {
    /// Whether the answer panicked; otherwise it returned something wrong.
    pub panicked: bool,
    /// What was looked at (`the gradient`), or the panic's message and place.
    pub what: String,
    /// The input, as the reader would write it.
    pub given: String,
    /// What a right answer gives.
    pub expected: String,
    /// What this one gave.
    pub got: String,
    /// What the value suggests: the likely mistake.
    pub suggests: Option<String>,
}

/// A case that was tried to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
}

/// All that a check reported.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// The cases that were tried to their end, in order.
    pub cases: Vec<Case>,
    /// The case that was running when the process ended, if the check did not finish.
    pub interrupted: Option<String>,
    /// Whether the check came to its end.
    pub finished: bool,
}

impl Verdict {
    /// Reads the events; a line that was cut off half-way is left out.
    pub fn read(events: &str) -> Verdict {
        let mut verdict = Verdict::default();
        for event in events.lines().filter_map(|line| serde_json::from_str(line).ok()) {
            let failure = match event {
                Event::Started { case } => {
                    verdict.interrupted = Some(case);
                    continue;
                }
                Event::Finished => {
                    verdict.finished = true;
                    continue;
                }
                Event::Passed => None,
                Event::Failed(failure) => Some(failure),
            };
            if let Some(name) = verdict.interrupted.take() {
                verdict.cases.push(Case { name, failure });
            }
        }
        verdict
    }

    /// The first case that failed: the one that a reader is shown.
    pub fn first_failure(&self) -> Option<(&str, &Failure)> {
        self.cases
            .iter()
            .find_map(|case| Some((case.name.as_str(), case.failure.as_ref()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(events: &[Event]) -> String {
        events.iter().map(|event| serde_json::to_string(event).unwrap() + "\n").collect()
    }

    #[test]
    fn events_become_cases_and_a_cut_line_costs_only_itself() {
        let failure =
            Failure { what: "the sum".into(), got: "3".into(), ..Failure::default() };
        let events = [
            Event::Started { case: "one".into() },
            Event::Passed,
            Event::Started { case: "two".into() },
            Event::Failed(failure.clone()),
            Event::Started { case: "three".into() },
        ];
        let whole = lines(&events);
        let verdict = Verdict::read(&whole);
        assert_eq!(verdict.cases.len(), 2);
        assert_eq!(verdict.first_failure(), Some(("two", &failure)));
        assert_eq!(verdict.interrupted.as_deref(), Some("three"));
        assert!(!verdict.finished);

        let cut = Verdict::read(&whole[..whole.len() - 9]);
        assert_eq!(cut.cases, verdict.cases);
        assert_eq!(cut.interrupted, None);
    }
}
