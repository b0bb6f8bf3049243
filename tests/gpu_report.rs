//! `cargo gradus gpu-report` as a program: rehearsed on the emulator, which takes the GPU's place.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The example, built with what the tests themselves are built with.
fn program() -> PathBuf {
    let cargo = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--example", "gpu_report"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(cargo.expect("cargo is there").success());
    let tests = std::env::current_exe().expect("this program has a path");
    let profile = tests.parent().and_then(Path::parent).expect("target/debug/deps");
    profile.join("examples").join(format!("gpu_report{}", std::env::consts::EXE_SUFFIX))
}

#[test]
fn the_report_holds_every_kernel_test_and_operation() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new/report");
    let output =
        Command::new(program()).args(["--rehearse", "--out"]).arg(&out).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert_eq!(std::fs::read_to_string(out.join("report.md")).unwrap(), text);
    assert!(text.contains("A rehearsal") && text.contains("**0 disagree.**"), "{text}");
    assert!(!text.contains("WRONG"), "{text}");
    let json = std::fs::read(out.join("report.json")).unwrap();
    let report: Value = serde_json::from_slice(&json).unwrap();
    let rows = |part: &str| report[part].as_array().unwrap().clone();
    let conformance = rows("conformance");
    let names: Vec<&str> =
        conformance.iter().map(|row| row["kernel"].as_str().unwrap()).collect();
    assert!(names.len() > 120, "{} kernels", names.len());
    for name in ["copy", "adam", "matmul_v3_register_tile", "layer_norm_slope"] {
        assert!(names.contains(&name), "{name}");
    }
    // The stand-in is contrary: what is open moves, what is fixed does not.
    for row in &conformance {
        let exact = row["exact"].as_bool().unwrap();
        let differing = row["differing"].as_u64().unwrap();
        assert!(
            row["launches"].as_u64().unwrap() > 0 && !(exact && differing > 0),
            "{row}"
        );
    }
    assert!(conformance.iter().any(|row| row["differing"].as_u64().unwrap() > 0));
    let suite = rows("suite");
    assert!(suite.len() > 80 && suite.iter().all(|row| row["fault"].is_null()));
    assert!(suite.iter().any(|row| row["name"] == "softmax"));
    let speed = rows("speed");
    assert!(speed.len() >= 10, "{speed:?}");
    assert!(speed.iter().all(|row| row["milliseconds"].as_f64().unwrap() > 0.0));
}

#[test]
fn a_gpu_that_is_not_there_is_said_to_be_so() {
    let output = Command::new(program()).args(["--gpu", "99"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("there is no") && said.contains("--rehearse"), "{said}");
}
