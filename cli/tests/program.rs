//! The program as a reader types it, on a course of one exercise; nothing is built.

use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const LIST: &str = "\
[[part]]\ntitle = 'P'\n\
[[part.chapter]]\nstem = 'a'\ntitle = 'First'\nquestion = '?'\nmodules = ['a']\nexercises = ['double']\n\
minimum_tests = 2\nseconds = 1\n\
[[part.chapter]]\nstem = 'b'\ntitle = 'Second'\nquestion = '?'\n";
const TEXT: &str =
    "# Twice\n\nS.\n\n## Hint\n\nOne.\n\n## Hint\n\nTwo.\n\n## Explanation\n\nBecause.\n";
const SOLUTION: &str = "\
pub fn double(x: f64) -> f64 {\n    // gradus: solution\n    2.0 * x\n    // gradus: skeleton\n    // todo!()\n    \
// gradus: end\n}\n";

fn course() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("book/chapters.toml", LIST);
    write("exercises/01-a/double/exercise.md", TEXT);
    write("exercises/01-a/double/solution.rs", SOLUTION);
    root
}

/// Runs `gradus` in `root`: its exit code, and what it printed on either stream.
fn gradus(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_gradus"))
        .args(arguments)
        .current_dir(root)
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .concat();
    (output.status.code(), text)
}

#[track_caller]
fn says(root: &Path, arguments: &[&str], code: i32, parts: &[&str]) -> String {
    let (exit, text) = gradus(root, arguments);
    assert_eq!(exit, Some(code), "{text}");
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    text
}

#[test]
fn the_list_marks_what_is_solved_and_what_is_to_come() {
    let root = course();
    says(
        root.path(),
        &["list"],
        0,
        &["0 of 1 exercises solved", "· double", "Second, to come"],
    );
    std::fs::create_dir_all(root.path().join("answers")).unwrap();
    std::fs::write(root.path().join("answers/progress.json"), r#"{"solved":["double"]}"#)
        .unwrap();
    says(root.path(), &["list"], 0, &["1 of 1 exercises solved", "✓ double"]);
}

#[test]
fn hints_come_one_by_one_and_are_remembered() {
    let root = course();
    says(root.path(), &["hint", "double"], 0, &["Hint 1 of 2", "One."]);
    says(root.path(), &["hint", "double"], 0, &["Hint 2 of 2", "Two."]);
    says(root.path(), &["hint", "double"], 0, &["Hint 2 of 2"]);
    says(root.path(), &["hint", "double", "--all"], 0, &["One.", "Two."]);
}

#[test]
fn reset_keeps_a_copy_and_says_where() {
    let root = course();
    says(root.path(), &["reset", "double"], 0, &["double.rs is written"]);
    let answer = root.path().join("answers/01-a/double.rs");
    assert!(std::fs::read_to_string(&answer).unwrap().contains("todo!()"));
    std::fs::write(&answer, "mine").unwrap();
    says(root.path(), &["reset", "double"], 0, &["kept as", "double.before-reset-1.rs"]);
    let copy = root.path().join("answers/01-a/double.before-reset-1.rs");
    assert_eq!(std::fs::read_to_string(copy).unwrap(), "mine");
}

#[test]
fn the_solution_waits_for_the_readers_own() {
    let root = course();
    says(root.path(), &["solution", "double"], 2, &["once yours passes"]);
    let text = says(
        root.path(),
        &["solution", "double", "--force"],
        0,
        &["2.0 * x", "Because."],
    );
    assert!(!text.contains("gradus:"), "{text}");
}

#[test]
fn a_progress_file_that_is_cut_is_kept_and_told_of() {
    let root = course();
    std::fs::create_dir_all(root.path().join("answers")).unwrap();
    std::fs::write(root.path().join("answers/progress.json"), r#"{"solved":["dou"#)
        .unwrap();
    says(
        root.path(),
        &["hint", "double"],
        0,
        &["could not be understood", "Hint 1 of 2"],
    );
    says(root.path(), &["list"], 0, &["0 of 1"]);
}

#[test]
fn what_cannot_be_done_is_said_with_exit_code_2() {
    let root = course();
    says(root.path(), &["check", "dubble"], 2, &["did you mean `double`?"]);
    says(root.path(), &["check"], 2, &["NAME"]);
    says(
        root.path(),
        &["check", "double", "--answer", "none.rs"],
        2,
        &["there is no file none.rs"],
    );
    says(root.path(), &["check", "double", "--seconds", "0"], 2, &["--seconds"]);
    says(root.path(), &["run", "2"], 2, &["still to come"]);
    says(root.path(), &["run", "9"], 2, &["there is no chapter `9`"]);
    says(root.path(), &["run", "1", "--quick", "--full"], 2, &["cannot be used with"]);
    says(root.path(), &["verify", "2"], 2, &["still to come"]);
    says(root.path(), &["audit", "none.log"], 2, &["none.log"]);
    says(tempfile::tempdir().unwrap().path(), &["list"], 2, &["inside your clone"]);
}

#[test]
fn an_audit_needs_no_list_of_skips_and_fails_on_a_breach() {
    let root = course();
    let log = "     Running tests/01_a.rs (x)\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; \
               0 filtered out; finished in 0.05s\n";
    std::fs::write(root.path().join("log"), log).unwrap();
    says(root.path(), &["audit", "log"], 0, &["2 passed, 0 failed, 0 skipped"]);
    std::fs::write(root.path().join("log"), log.replace("2 passed", "1 passed")).unwrap();
    says(root.path(), &["audit", "log"], 1, &["1 tests passed, 2 must"]);
}
