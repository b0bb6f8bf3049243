//! Holds the output of `cargo test` against each chapter's floor of tests and budget of
//! time, and every skip against the list of those that are allowed.

use crate::screen::mark;
use gradus_course::{Course, files};
use std::path::Path;

#[derive(Debug, Default, PartialEq)]
struct Binary {
    name: String,
    passed: usize,
    failed: usize,
    skipped: usize,
    seconds: f64,
}

/// `gradus audit LOG`.
pub fn audit(course: &Course, log: &Path) -> anyhow::Result<bool> {
    let list = course.root.join(".ci/allowed-skips.txt");
    let allowed = if list.exists() { files::read(&list)? } else { String::new() };
    let (table, breaches) = judge(course, &files::read(log)?, &allowed);
    println!("{table}");
    breaches.iter().for_each(|breach| println!("  {} {breach}", mark(false)));
    Ok(breaches.is_empty())
}

/// A table of the chapters, and what is breached.
fn judge(course: &Course, log: &str, allowed: &str) -> (String, Vec<String>) {
    let binaries = binaries(log);
    let mut table = format!(
        "{:<28} {:>6} {:>6} {:>8} {:>7}\n",
        "chapter", "tests", "floor", "seconds", "budget"
    );
    let mut breaches = Vec::new();
    for chapter in course.chapters().filter(|chapter| chapter.written()) {
        let own = || {
            binaries.iter().filter(|b| {
                b.name.contains(&chapter.target()) || b.name.contains(&chapter.slug())
            })
        };
        let passed: usize = own().map(|binary| binary.passed).sum();
        let seconds: f64 = own().map(|binary| binary.seconds).sum();
        let (slug, floor, budget) =
            (chapter.slug(), chapter.minimum_tests, chapter.seconds);
        table +=
            &format!("{slug:<28} {passed:>6} {floor:>6} {seconds:>8.1} {budget:>7}\n");
        if passed < floor {
            breaches.push(format!(
                "{slug}: {passed} tests passed, {floor} must (minimum_tests in chapters.toml)"
            ));
        }
        if seconds > budget as f64 {
            breaches.push(format!(
                "{slug}: its tests took {seconds:.1} s, and may take {budget} s"
            ));
        }
    }
    let sum = |count: fn(&Binary) -> usize| binaries.iter().map(count).sum::<usize>();
    let (passed, failed, skipped) =
        (sum(|b| b.passed), sum(|b| b.failed), sum(|b| b.skipped));
    table += &format!("in all: {passed} passed, {failed} failed, {skipped} skipped");
    if passed == 0 {
        breaches.push("no test ran".into());
    }
    if failed > 0 {
        breaches.push(format!("{failed} tests failed"));
    }
    let allowed: Vec<&str> = allowed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let skips = skips(log);
    for unused in allowed.iter().filter(|skip| !skips.contains(skip)) {
        table += &format!("\nallowed, and not skipped: {unused}");
    }
    for skip in skips.into_iter().filter(|skip| !allowed.contains(skip)) {
        breaches.push(format!("skipped without leave: {skip} (.ci/allowed-skips.txt)"));
    }
    (table, breaches)
}

fn binaries(log: &str) -> Vec<Binary> {
    let (mut binaries, mut name) = (Vec::new(), String::new());
    for line in log.lines().map(str::trim) {
        if let Some(path) =
            line.strip_prefix("Running ").or(line.strip_prefix("Doc-tests "))
        {
            name = path.split(" (").next().unwrap_or(path).to_string();
        } else if let Some(result) = line.strip_prefix("test result: ") {
            let count = |label: &str| {
                let part =
                    result.split([';', '.']).find(|part| part.trim().ends_with(label))?;
                part.split_whitespace().next()?.parse().ok()
            };
            let seconds = result
                .split("finished in ")
                .nth(1)
                .and_then(|time| time.trim_end_matches('s').parse().ok());
            binaries.push(Binary {
                name: name.clone(),
                passed: count("passed").unwrap_or(0),
                failed: count("failed").unwrap_or(0),
                skipped: count("ignored").unwrap_or(0),
                seconds: seconds.unwrap_or(0.0),
            });
        }
    }
    binaries
}

/// The names of ignored tests, and every line that reports a skip.
fn skips(log: &str) -> Vec<&str> {
    log.lines()
        .map(str::trim)
        .filter_map(|line| match line.strip_prefix("test ") {
            Some(test) if test.contains("... ignored") => {
                test.split(" ... ").next().map(str::trim)
            }
            // It may have come into the middle of another line, from another stream.
            _ => line.find("skipped: ").map(|start| &line[start..]),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "\
     Running tests/01_a.rs (target/debug/deps/01_a-12)
test one ... ok
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s
     Running 01-a/verify.rs (target/debug/deps/01_a-34)
test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.75s
   Doc-tests gradus
test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 9.00s
";

    fn breaches(floor: usize, budget: u64, log: &str, allowed: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let list = format!(
            "[[part]]\ntitle='P'\n[[part.chapter]]\nstem='a'\ntitle='A'\nquestion='?'\nmodules=['a']\nexercises=['x']\n\
             minimum_tests={floor}\nseconds={budget}\n"
        );
        files::write(&folder.path().join("book/chapters.toml"), &list).unwrap();
        judge(&Course::load(folder.path()).unwrap(), log, allowed).1
    }

    #[test]
    fn a_chapter_at_its_floor_and_within_its_budget_is_fine() {
        assert_eq!(breaches(7, 3, LOG, ""), Vec::<String>::new());
    }

    #[test]
    fn every_breach_is_told() {
        assert!(breaches(8, 3, LOG, "")[0].contains("7 tests passed, 8 must"));
        assert!(
            breaches(7, 2, LOG, "")[0].contains("took 2.2 s"),
            "{:?}",
            breaches(7, 2, LOG, "")
        );
        assert!(breaches(0, 3, "", "")[0].contains("no test ran"));
        let failed = LOG.replace("3 passed; 0 failed", "2 passed; 1 failed");
        assert!(breaches(6, 3, &failed, "")[0].contains("1 tests failed"));
    }

    #[test]
    fn a_skip_needs_leave() {
        let ignored = LOG.replace("test one ... ok", "test one ... ignored");
        assert!(breaches(7, 3, &ignored, "")[0].contains("skipped without leave: one"));
        assert_eq!(breaches(7, 3, &ignored, "# because\none\n"), Vec::<String>::new());
        let said = LOG.replace("test one ... ok", "skipped: no CUDA driver");
        assert!(breaches(7, 3, &said, "one\n")[0].contains("no CUDA driver"));
        let torn = LOG.replace("one ... ok", "one ... skipped: no CUDA driver\nok");
        let leave = "skipped: no CUDA driver\n";
        assert_eq!(breaches(7, 3, &torn, leave), Vec::<String>::new());
    }
}
