//! What the emulator finds in a kernel, in words for the one who wrote it.

use gradus_course::verdict::Failure;
use ptx_emulator::parse::Place;
use ptx_emulator::{Finding, Kind};

/// The finding to tell. Who reads before another thread writes may find nothing there yet:
/// that is a race first of all.
pub(crate) fn first(findings: &[Finding]) -> Option<&Finding> {
    let race = findings.iter().find(|finding| finding.kind == Kind::Race);
    let first = findings.first();
    first.filter(|first| first.kind != Kind::Uninitialised).or(race).or(first)
}

/// A finding in words for the one who wrote the kernel.
pub(crate) fn told(finding: &Finding, suggests: &str) -> Failure {
    let line = |place: &Place| match &place.source {
        Some(source) => {
            let file = source.file.rsplit('/').next().unwrap_or_default();
            format!("line {} of {file}", source.line)
        }
        None => "the compiled kernel".to_string(),
    };
    let mut got = format!("{} {}", finding.thread, finding.message);
    if let Some(other) = &finding.other {
        let verb = if other.writes { "writes" } else { "reads" };
        let (thread, place) = (&other.thread, line(&other.place));
        got += &format!("; {thread} {verb} it at {place}, and nothing orders the two");
    }
    if finding.times > 1 {
        got += &format!(" ({} times)", finding.times);
    }
    Failure {
        what: format!("`{}`, {}", finding.kernel, line(&finding.place)),
        expected: expected(finding.kind).to_string(),
        got,
        suggests: Some(suggests.to_string()).filter(|text| !text.is_empty()),
        ..Failure::default()
    }
}

/// What a right kernel does where this one makes such a mistake.
fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::OutOfBounds | Kind::Misaligned | Kind::InvalidAddress => {
            "every access inside its buffer"
        }
        Kind::ReadOnly => "what is `const` is only read",
        Kind::Uninitialised | Kind::UndefinedRegister => {
            "nothing is read before it is written"
        }
        Kind::Race => "no two threads meet in one place unless something orders them",
        Kind::DivergentBarrier | Kind::SkippedBarrier | Kind::InvalidBarrier => {
            "all threads of a block meet at each barrier"
        }
        Kind::Deadlock | Kind::Endless => "the kernel ends",
        Kind::WarpMask => "the mask names the threads that are there",
        Kind::Trap => "the kernel goes on to its end",
    }
}

/// What a finding suggests when the check knows nothing better.
pub(crate) fn general(kind: Kind) -> &'static str {
    match kind {
        Kind::OutOfBounds => "is the bound checked before this access?",
        Kind::Uninitialised => "does every place get its value, and before it is read?",
        Kind::Race => {
            "is a `__syncthreads()` missing between the two accesses, or do two threads \
             write to one place?"
        }
        Kind::DivergentBarrier => {
            "a `__syncthreads()` must not stand where some threads of the block do not come"
        }
        Kind::Deadlock => {
            "do some threads leave before the barrier at which others wait?"
        }
        Kind::Endless => "does a loop never end? What makes its condition false?",
        Kind::WarpMask => "a shuffle needs all the lanes that its mask names",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ptx_emulator::Thread;

    fn finding(kind: Kind) -> Finding {
        let thread = Thread { block: [0; 3], thread: [0; 3] };
        let (kernel, message) = ("k".to_string(), "reads it".to_string());
        Finding {
            kind,
            kernel,
            place: Place::default(),
            thread,
            element: None,
            other: None,
            message,
            times: 1,
        }
    }

    #[test]
    fn a_read_that_comes_too_early_is_told_as_the_race_that_it_is() {
        let [early, race, bound] =
            [Kind::Uninitialised, Kind::Race, Kind::OutOfBounds].map(finding);
        let told = |all: &[&Finding]| {
            let all: Vec<_> = all.iter().map(|finding| (*finding).clone()).collect();
            first(&all).map(|finding| finding.kind)
        };
        assert_eq!(told(&[&early, &race]), Some(Kind::Race));
        assert_eq!(told(&[&early, &bound]), Some(Kind::Uninitialised));
        assert_eq!(told(&[&bound, &race]), Some(Kind::OutOfBounds));
        assert_eq!(told(&[]), None);
    }

    #[test]
    fn a_race_names_both_and_repeated_ones_are_counted() {
        let place = Place {
            source: Some(ptx_emulator::parse::Source {
                file: "/exercises/k.cu".into(),
                line: 7,
            }),
            ..Place::default()
        };
        let thread = Thread { block: [1, 0, 0], thread: [2, 0, 0] };
        let other = ptx_emulator::Other { place, thread, writes: true };
        let race = Finding { other: Some(other), times: 3, ..finding(Kind::Race) };
        let failure = told(&race, "");
        assert_eq!(failure.what, "`k`, the compiled kernel");
        let second = "block (1, 0, 0), thread (2, 0, 0) writes it at line 7 of k.cu";
        assert!(failure.got.contains(second), "{failure:?}");
        assert!(failure.got.ends_with("nothing orders the two (3 times)"), "{failure:?}");
        assert_eq!(failure.suggests, None);
    }
}
