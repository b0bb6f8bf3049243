//! What is solved, and what no longer is, as `check` tells it.

#![cfg(unix)]

mod support;

use std::path::Path;
use std::process::Command;

/// Runs `gradus` and returns what it printed; it must exit with `code`.
#[track_caller]
fn gradus(root: &Path, arguments: &[&str], code: i32) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_gradus"))
        .args(arguments)
        .current_dir(root)
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C.UTF-8")
        .env("CARGO", root.join("cargo"))
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .concat();
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

#[test]
fn what_was_solved_and_fails_again_is_said_to_be_open_again() {
    let root = support::course();
    let root = root.path();
    let save = |text: &str| {
        std::fs::create_dir_all(root.join("answers/01-a")).unwrap();
        std::fs::write(root.join("answers/01-a/double.rs"), text).unwrap();
    };
    let again = "counts as open again";
    save("// WRONG");
    let text = gradus(root, &["check", "double"], 1);
    assert!(text.contains("a minute or two"), "the first build is announced: {text}");
    assert!(!text.contains(again), "it never was solved: {text}");
    save("// RIGHT");
    let text = gradus(root, &["check", "double"], 0);
    assert!(text.contains("Right.") && text.contains("Next: cargo gradus check half"));
    assert!(gradus(root, &["list"], 0).contains("1 of 2"));

    save("// WRONG");
    assert!(gradus(root, &["check", "double"], 1).contains(again));
    assert!(!gradus(root, &["check", "double"], 1).contains(again), "said once");
    assert!(gradus(root, &["list"], 0).contains("0 of 2"));

    save("// RIGHT");
    let text = gradus(root, &["check", "--all"], 0);
    assert!(text.contains("✓ double") && !text.contains("open again"), "{text}");
    save("// WRONG");
    let text = gradus(root, &["check", "--all"], 1);
    assert!(text.contains("Solved before, and open again: double"), "{text}");
    assert!(gradus(root, &["list"], 0).contains("0 of 2"));

    // A file that is tried from elsewhere says nothing about the answer.
    save("// RIGHT");
    gradus(root, &["check", "double"], 0);
    std::fs::write(root.join("other.rs"), "// WRONG").unwrap();
    let text = gradus(root, &["check", "double", "--answer", "other.rs"], 1);
    assert!(!text.contains(again) && text.contains("other.rs"), "{text}");
    assert!(gradus(root, &["list"], 0).contains("1 of 2"));
}
