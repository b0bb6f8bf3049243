//! What each variant of an answer must do: the solution passes, the skeleton fails its
//! check, a wrong answer is rejected as it declares, a mutant is rejected somehow.

use crate::supervise::{Ending, Run};

/// How a wrong answer must be rejected, from the comment at its head:
///
/// ```text
/// //! Sums over the rows and never divides by their number.
/// //!
/// //! rejected by: two rows, by hand
/// //! says: did you sum instead of average
/// ```
///
/// `rejected by panic in: CASE`, `rejected by time-out in: CASE` and `rejected by memory
/// in: CASE` declare the other ways; only a case that returns something wrong needs
/// `says`.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// The mistake, in a sentence.
    pub mistake: String,
    /// How it shows.
    pub how: How,
    /// The first case that must fail.
    pub case: String,
    /// A part of the message that helps the person who made this mistake.
    pub says: Option<String>,
}

/// How a rejection shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum How {
    /// The answer returns something wrong.
    Wrong,
    /// It panics.
    Panic,
    /// It does not end.
    TimeOut,
    /// It allocates too much.
    Memory,
}

impl Declaration {
    /// Reads the declaration from a wrong answer's source.
    ///
    /// # Errors
    /// Says which line is missing.
    pub fn parse(source: &str) -> Result<Declaration, String> {
        let header =
            source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
        let (mut mistake, mut rejected, mut says) = (Vec::new(), None, None);
        for line in header {
            match line.split_once(": ") {
                Some((key, case)) if key.starts_with("rejected by") => {
                    let how = match key {
                        "rejected by" => How::Wrong,
                        "rejected by panic in" => How::Panic,
                        "rejected by time-out in" => How::TimeOut,
                        "rejected by memory in" => How::Memory,
                        _ => return Err(format!("`{key}` is not a way to be rejected")),
                    };
                    rejected = Some((how, case.trim().to_string()));
                }
                Some(("says", text)) => says = Some(text.trim().to_string()),
                _ => mistake.push(line),
            }
        }
        let mistake = mistake.join(" ").trim().to_string();
        let (how, case) =
            rejected.ok_or("the header must say `//! rejected by: CASE`")?;
        match (mistake.is_empty(), how, &says) {
            (true, ..) => {
                Err("the header must begin with the mistake in a sentence: `//! …`"
                    .into())
            }
            (_, How::Wrong, None) => {
                Err("the header must quote what the reader is told: `//! says: …`".into())
            }
            _ => Ok(Declaration { mistake, how, case, says }),
        }
    }
}

/// What a variant of an answer is.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// As `learn` writes it: must fail its check.
    Skeleton,
    /// Must pass.
    Solution,
    /// Must be rejected as declared.
    Wrong(Declaration),
    /// Must be rejected, in whatever way.
    Mutant,
}

impl Role {
    /// Whether `run` is what this variant must do; if not, the error says what happened
    /// instead.
    ///
    /// # Errors
    /// What was expected, and what the run did.
    pub fn judge(&self, run: &Run) -> Result<(), String> {
        match self {
            Role::Solution if run.passed() => Ok(()),
            Role::Solution => Err(format!("the solution must pass, but {}", describe(run))),
            Role::Skeleton if run.ending == Ending::Finished && !run.passed() => Ok(()),
            Role::Skeleton => Err(format!("the skeleton must fail its check, but {}", describe(run))),
            Role::Mutant if !run.passed() => Ok(()),
            Role::Mutant => {
                Err("the mutant passes: add a case that it fails, or list it in equivalent.toml".into())
            }
            Role::Wrong(declaration) => declaration.judge(run),
        }
    }
}

impl Declaration {
    fn judge(&self, run: &Run) -> Result<(), String> {
        let (how, case) = match (&run.ending, run.verdict.first_failure()) {
            // What a reader is told first: a case that failed comes before one that was
            // cut short.
            (_, Some((case, failure))) => {
                (if failure.panicked { How::Panic } else { How::Wrong }, Some(case))
            }
            (Ending::TimedOut, None) => {
                (How::TimeOut, run.verdict.interrupted.as_deref())
            }
            (Ending::OutOfMemory, None) => {
                (How::Memory, run.verdict.interrupted.as_deref())
            }
            _ => {
                return Err(format!(
                    "must be rejected by {:?} in `{}`, but {}",
                    self.how,
                    self.case,
                    describe(run)
                ));
            }
        };
        if (how, case) != (self.how, Some(self.case.as_str())) {
            return Err(format!(
                "must be rejected by {:?} in `{}`, but {}",
                self.how,
                self.case,
                describe(run)
            ));
        }
        let said = run
            .verdict
            .first_failure()
            .and_then(|(_, f)| f.suggests.clone())
            .unwrap_or_default();
        match &self.says {
            Some(text) if !said.contains(text) => {
                Err(format!("the reader should be told `{text}`, but hears `{said}`"))
            }
            _ => Ok(()),
        }
    }
}

/// In a sentence, what a run did.
pub fn describe(run: &Run) -> String {
    let place = match (&run.verdict.interrupted, run.verdict.first_failure()) {
        (_, Some((case, failure))) if failure.panicked => {
            format!("panicked in `{case}`: {}", failure.what)
        }
        (_, Some((case, failure))) => {
            format!(
                "failed in `{case}`: {}: expected {}, got {}",
                failure.what, failure.expected, failure.got
            )
        }
        (Some(case), None) => format!("stopped in `{case}`"),
        (None, None) => "failed in no case".to_string(),
    };
    match &run.ending {
        Ending::Finished if run.passed() => {
            format!("it passed all {} cases", run.verdict.cases.len())
        }
        Ending::Finished => format!("it {place}"),
        ending => format!("it {place} ({ending:?})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Case, Failure, Verdict};
    use std::time::Duration;

    fn run(
        ending: Ending,
        cases: &[(&str, Option<Failure>)],
        interrupted: Option<&str>,
    ) -> Run {
        let cases = cases.iter().map(|(name, failure)| Case {
            name: name.to_string(),
            failure: failure.clone(),
        });
        let finished = ending == Ending::Finished;
        let verdict = Verdict {
            cases: cases.collect(),
            interrupted: interrupted.map(String::from),
            finished,
        };
        Run { ending, verdict, output: String::new(), elapsed: Duration::ZERO }
    }

    fn failure(panicked: bool, suggests: &str) -> Option<Failure> {
        Some(Failure { panicked, suggests: Some(suggests.into()), ..Failure::default() })
    }

    const HEADER: &str =
        "//! Sums.\n//!\n//! rejected by: two rows\n//! says: did you sum\nfn f() {}\n";

    #[test]
    fn a_declaration_is_read_whole_or_refused() {
        let declaration = Declaration::parse(HEADER).unwrap();
        let expected = ("Sums.", How::Wrong, "two rows", Some("did you sum"));
        assert_eq!(
            (
                &*declaration.mistake,
                declaration.how,
                &*declaration.case,
                declaration.says.as_deref()
            ),
            expected
        );
        assert!(
            Declaration::parse(&HEADER.replace("says", "said"))
                .unwrap_err()
                .contains("says")
        );
        assert!(
            Declaration::parse(&HEADER.replace("Sums.", ""))
                .unwrap_err()
                .contains("mistake")
        );
        assert!(
            Declaration::parse(&HEADER.replace("rejected by:", "rejected by luck in:"))
                .is_err()
        );
        assert!(Declaration::parse("fn f() {}").unwrap_err().contains("rejected by"));
        let panic = Declaration::parse(
            "//! Indexes past the end.\n//! rejected by panic in: empty\n",
        )
        .unwrap();
        assert_eq!((panic.how, panic.says), (How::Panic, None));
    }

    #[test]
    fn a_wrong_answer_must_fail_first_where_and_how_it_says() {
        let wrong = Role::Wrong(Declaration::parse(HEADER).unwrap());
        let good = ("two rows", failure(false, "twice: did you sum?"));
        assert_eq!(
            wrong.judge(&run(Ending::Finished, &[("one", None), good.clone()], None)),
            Ok(())
        );
        let rejected = [
            run(Ending::Finished, &[("two rows", None)], None),
            run(
                Ending::Finished,
                &[("one", failure(false, "did you sum")), good.clone()],
                None,
            ),
            run(Ending::Finished, &[("two rows", failure(true, "did you sum"))], None),
            run(Ending::Finished, &[("two rows", failure(false, "the sign"))], None),
            run(Ending::TimedOut, &[], Some("two rows")),
            run(Ending::Exited(0), &[], None),
        ];
        for run in rejected {
            assert!(wrong.judge(&run).is_err(), "{run:?}");
        }
        let slow =
            Declaration::parse("//! Loops.\n//! rejected by time-out in: two rows\n")
                .unwrap();
        assert_eq!(
            Role::Wrong(slow.clone()).judge(&run(
                Ending::TimedOut,
                &[],
                Some("two rows")
            )),
            Ok(())
        );
        assert!(
            Role::Wrong(slow).judge(&run(Ending::TimedOut, &[], Some("one"))).is_err()
        );
    }

    #[test]
    fn a_skeleton_must_reach_its_check_and_fail_it() {
        let todo = run(Ending::Finished, &[("one", failure(true, ""))], None);
        assert_eq!(Role::Skeleton.judge(&todo), Ok(()));
        assert!(
            Role::Skeleton.judge(&run(Ending::Finished, &[("one", None)], None)).is_err()
        );
        assert!(Role::Skeleton.judge(&run(Ending::Exited(0), &[], None)).is_err());
        assert!(Role::Solution.judge(&todo).is_err());
        assert_eq!(Role::Mutant.judge(&todo), Ok(()));
        assert!(
            Role::Mutant.judge(&run(Ending::Finished, &[("one", None)], None)).is_err()
        );
    }
}
