//! `gradus verify` on a small course. A script stands in for cargo: it says what the
//! compiler would, and "builds" a program that accepts solutions and nothing else.

#![cfg(unix)]

mod support;

use std::path::Path;
use std::process::Command;

const CARGO: &str = "#!/bin/sh\nmkdir -p target/learn/debug\n\
cp leaf target/learn/debug/leaf\nchmod +x target/learn/debug/leaf\ncat said\n";
const LEAF: &str = r#"#!/bin/sh
case $1 in
*/solution) last='{"event":"passed"}' ;;
*) last='{"event":"failed","panicked":false,"what":"the result","given":"","expected":"2",
"got":"-2","suggests":"the sign is flipped"}' ;;
esac
{
    echo '{"event":"started","case":"one number"}'
    echo "$last" | tr -d '\n'
    printf '\n{"event":"finished"}\n'
} > "$GRADUS_EVENTS"
"#;
const WRONG: &str = "//! Flips the sign.\n//!\n//! rejected by: one number\n//! says: the sign\n\
pub fn double(x: f64) -> f64 {\n    -2.0 * x\n}\n";

/// Runs `gradus verify` while the compiler warns about `file`: exit code and output.
fn verify(root: &Path, file: &str) -> (Option<i32>, String) {
    let file = root.join(file);
    let said = serde_json::json!({ "reason": "compiler-message", "message": {
        "level": "warning", "message": "unused", "rendered": "warning: unused variable",
        "spans": [{ "file_name": file, "is_primary": true }],
    }});
    std::fs::write(root.join("said"), said.to_string() + "\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_gradus"))
        .arg("verify")
        .current_dir(root)
        .env("NO_COLOR", "1")
        .env("CARGO", root.join("cargo"))
        .output()
        .unwrap();
    let text =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), text.concat())
}

#[test]
fn a_solution_must_compile_without_warnings_and_a_wrong_answer_need_not() {
    let root = support::course();
    let root = root.path();
    std::fs::write(root.join("cargo"), CARGO).unwrap();
    std::fs::write(root.join("leaf"), LEAF).unwrap();
    for exercise in ["double", "half"] {
        for name in ["minus", "again"] {
            let path = format!("exercises/01-a/{exercise}/wrong/{name}.rs");
            std::fs::create_dir_all(root.join(&path).parent().unwrap()).unwrap();
            std::fs::write(root.join(path), WRONG).unwrap();
        }
    }
    let (code, text) = verify(root, "exercises/01-a/half/wrong/minus.rs");
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("2 exercises, 8 variants, 0 faults"), "{text}");

    let (code, text) = verify(root, "exercises/01-a/half/solution.rs");
    assert_eq!(code, Some(1), "{text}");
    let fault = "half/solution: the solution compiles with warnings:";
    assert!(text.contains(fault) && text.contains("unused variable"), "{text}");
    assert!(text.contains("8 variants, 1 faults"), "{text}");
}
