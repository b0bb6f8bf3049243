//! Faulty kernels: exit code 1, and what is said of them.

use crate::tool::{Folder, Ran, copy_bytes, parts, run};
use serde_json::{Value, json};

/// Runs a kernel of `cu/faults.cu` on 100 elements.
fn faulty(name: &str, blocks: &str, more: &[&str]) -> Ran {
    let grid = format!("--grid={blocks}");
    let launch = ["tests/cu/faults.ptx", "--entry", name, &grid, "--block=64"];
    let arguments = ["in:f32:zeros:100", "inout:f32:zeros:100", "u32:100"];
    run(&[&launch[..], &arguments, more].concat())
}

/// The only finding at a line, as JSON.
fn finding(ran: &Ran, line: u64) -> Value {
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{}", ran.out);
    let report: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(report["clean"], json!(false));
    let findings = report["findings"].as_array().expect("findings");
    let here: Vec<&Value> = findings.iter().filter(|one| one["line"] == line).collect();
    assert_eq!(here.len(), 1, "{}", ran.out);
    here[0].clone()
}

/// The line of `cu/faults.cu`, from 1, with this text.
fn line(text: &str) -> u64 {
    let source = include_str!("../cu/faults.cu");
    let at = source.lines().position(|line| line.contains(text)).expect("it is there");
    at as u64 + 1
}

#[test]
fn a_missing_bound_is_told_with_all_that_is_known() {
    let found = finding(&faulty("no_bound", "2", &["--json"]), line("out[i] = 2 * in"));
    for (key, want) in [
        ("kind", json!("out-of-bounds")),
        ("kernel", json!("no_bound")),
        ("file", json!("/kernels/faults.cu")),
        ("line", json!(line("out[i] = 2 * in"))),
        ("block", json!([1, 0, 0])),
        ("thread", json!([36, 0, 0])),
        ("argument", json!(1)),
        ("buffer", json!("no_bound_param_1")),
        ("element", json!(100)),
        ("element_type", json!("f32")),
        ("count", json!(100)),
        ("times", json!(28)),
        ("other", Value::Null),
    ] {
        assert_eq!(found[key], want, "{key}");
    }
    let text = include_str!("../cu/faults.ptx");
    let ptx_line = found["ptx_line"].as_u64().expect("a line") as usize;
    let instruction = text.lines().nth(ptx_line - 1).expect("the line is there");
    assert!(instruction.contains("st.global.f32"), "{instruction}");
    assert!(found["message"].as_str().is_some_and(|m| m.contains("out of bounds")));
}

#[test]
fn a_race_is_told_with_both_accesses() {
    let (reads, writes) = (line("> limit;"), line("limit = in[0]"));
    // Both accesses are one finding, at the one that came second.
    let found = finding(&faulty("late_flag", "1", &["--json"]), writes);
    assert_eq!(found["kind"], "race");
    let other = &found["other"];
    let (file, line) = (&other["file"], &other["line"]);
    assert_eq!((file, line), (&json!("/kernels/faults.cu"), &json!(reads)));
    assert_eq!((&other["writes"], &other["block"]), (&json!(false), &json!([0, 0, 0])));
    assert!(other["thread"].is_array() && other["ptx_line"].is_u64(), "{other}");
    assert_eq!(found["argument"], Value::Null, "shared memory is no argument");

    // For people, the lines of the source stand below.
    let ran = faulty("late_flag", "1", &[]);
    assert_eq!(ran.code, 1);
    let quoted: Vec<&str> = ran.out.lines().filter(|line| line.contains(" | ")).collect();
    for (line, text) in [(reads, "out[threadIdx.x] = in"), (writes, "limit = in[0]")] {
        let wanted = format!("{line} | {text}");
        assert!(quoted.iter().any(|line| line.contains(&wanted)), "{wanted}: {quoted:?}");
    }
    let summary = ran.out.lines().last().expect("there is a summary");
    assert!(summary.contains("1 finding: 64 threads, "), "{summary}");
}

#[test]
fn checks_can_be_left_out() {
    for (checks, name, code, last) in [
        ("all", "late_flag", 1, "1 finding: 64 threads, "),
        ("bounds", "late_flag", 0, "clean (only bounds were checked): 64 threads, "),
        ("bounds", "no_bound", 1, "1 finding: 128 threads, "),
        ("none", "no_bound", 0, "done (nothing was checked): 128 threads, "),
    ] {
        let blocks = if name == "no_bound" { "2" } else { "1" };
        let ran = faulty(name, blocks, &["--checks", checks]);
        assert_eq!((ran.code, ran.err.as_str()), (code, ""), "{checks}, {name}");
        let summary = ran.out.lines().last().expect("there is a summary");
        assert!(summary.starts_with(last), "{checks}, {name}: {summary}");
    }
}

#[test]
fn a_budget_ends_what_never_ends() {
    let found = finding(
        &faulty("endless", "1", &["--budget=1000", "--json"]),
        line("while (value"),
    );
    assert_eq!(found["kind"], "endless");
    assert_eq!(faulty("no_bound", "1", &["--budget=1000"]).code, 0);
    let ran = faulty("no_bound", "1", &["--budget=10"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("endless in `no_bound`"), "{}", ran.out);
}

#[test]
fn a_write_to_an_input_is_a_finding_with_advice() {
    let folder = Folder::new();
    let copy = folder.file("copy.ptx", copy_bytes());
    let save = format!("--save=1={}", folder.text("x.npy"));
    let launch = [&copy, "--grid=1", "--block=4", "in:u8:1,2,3", "in:u8:4,5,6", "u32:3"];
    let ran = run(&[&launch[..], &[&save]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for words in
        ["read-only in `kernel`", "`to`[0]", "argument 1 was passed as `in`", "`inout`"]
    {
        assert!(ran.out.contains(words), "no {words:?} in: {}", ran.out);
    }
    assert_eq!(parts(&folder.path("x.npy")).1, [4, 5, 6], "it was not written to");
    let quoted =
        ran.out.lines().find(|line| line.contains(" | ")).expect("a line of PTX");
    assert!(quoted.contains("st.global.u8"), "{quoted}");

    // A GPU knows no such thing.
    let ran = run(&[&launch[..], &[&save, "--checks=none"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert_eq!(parts(&folder.path("x.npy")).1, [1, 2, 3]);
}

#[test]
fn an_output_that_is_read_first_and_a_null_pointer_are_findings() {
    let folder = Folder::new();
    let copy = folder.file("copy.ptx", copy_bytes());
    let launch = |from| run(&[&copy, "--grid=1", "--block=1", from, "out:u8:9", "u32:1"]);
    let ran = launch("out:u8:3");
    assert_eq!(ran.code, 1);
    for words in ["uninitialised in `kernel`", "argument 0 was passed as `out`"] {
        assert!(ran.out.contains(words), "no {words:?} in: {}", ran.out);
    }
    let ran = launch("null");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("a null pointer"), "{}", ran.out);
}
