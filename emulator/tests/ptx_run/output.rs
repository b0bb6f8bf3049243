//! What is printed, and where.

use crate::tool::{Folder, kernel, program, refuses, run};
use serde_json::Value;
use std::process::Stdio;

const MATMUL: [&str; 10] = [
    "hardware/ptx/matmul.compute_75.ptx",
    "--grid=3,2",
    "--block=16,16",
    "in:f32:zeros:1024",
    "in:f32:zeros:1536",
    "out:f32:1536",
    "u32:32",
    "u32:32",
    "u32:48",
    "--entry=matmul",
];

#[test]
fn statistics_are_a_table_for_the_kernel_and_its_lines() {
    let plain = run(&MATMUL);
    assert_eq!((plain.code, plain.err.as_str()), (0, ""));
    assert!(plain.out.starts_with("clean: 1,536 threads, "), "{}", plain.out);
    assert_eq!(plain.out.lines().count(), 1, "{}", plain.out);
    let ran = run(&[&MATMUL[..], &["--stats"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.ends_with(&plain.out), "the summary stays the last line");

    let cells = |name: &str| -> Vec<String> {
        let mut rows = ran.out.lines().map(|row| row.split('|').next().unwrap_or(""));
        let row = rows.find(|row| row.starts_with(name));
        let row = row.unwrap_or_else(|| panic!("no row {name}: {}", ran.out));
        row.split_whitespace().skip(1).map(str::to_string).collect()
    };
    // 6 blocks of 8 warps, each with two tiles: two barriers a tile, in two lines.
    let source = include_str!("../../hardware/cu/matmul.cu");
    for (line, _) in (1..).zip(source.lines()).filter(|l| l.1.contains("__syncthreads")) {
        assert_eq!(cells(&format!("matmul.cu:{line} ")), ["96", "32.0", "96"]);
    }
    assert_eq!(cells("all").last().map(String::as_str), Some("192"));
    // Each warp writes two rows of 16 floats, two sectors each.
    let (line, text) = (1..)
        .zip(source.lines())
        .find(|(_, text)| text.contains("= sum;"))
        .expect("the store is there");
    let store = cells(&format!("matmul.cu:{line} "));
    assert_eq!(store[2..], ["192", "192"]);
    assert!(ran.out.contains(text.trim()), "{}", ran.out);
}

#[test]
fn json_is_all_there_is_and_its_lines_add_up() {
    let ran = run(&[&MATMUL[..], &["--json"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(report["clean"], true);
    assert_eq!(report["threads"], 6 * 256);
    assert_eq!(report["findings"], Value::Array(Vec::new()));
    let statistics = &report["statistics"];
    let lines = statistics["lines"].as_array().expect("lines");
    for (name, total) in statistics["total"].as_object().expect("counts") {
        let sum: u64 = lines.iter().filter_map(|line| line[name].as_u64()).sum();
        assert_eq!(Some(sum), total.as_u64(), "{name}");
    }
    assert_eq!(statistics["total"]["barriers"], 192);
    assert!(statistics["total"]["global_sectors"].as_u64() > Some(0));
    assert!(lines.iter().all(|line| line["file"] == "/kernels/matmul.cu"));
}

#[test]
fn a_lint_changes_no_exit_code() {
    let folder = Folder::new();
    let text = kernel(
        "",
        "mov.u32 %r1, %tid.x;\nsetp.ge.u32 %p1, %r1, 32;\n@%p1 bra done;\n\
         bar.sync 0;\ndone:",
    );
    let file = folder.file("kernel.ptx", text);
    let ran = run(&[&file, "--grid=1", "--block=64"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.starts_with("clean: 64 threads, "), "{}", ran.out);
    assert!(ran.err.starts_with("lint: skipped-barrier in "), "{}", ran.err);
    let ran = run(&[&file, "--grid=1", "--block=64", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(report["lints"].as_array().map(Vec::len), Some(1), "{}", ran.out);
}

#[test]
fn a_source_beside_the_ptx_is_quoted_without_what_a_terminal_obeys() {
    let folder = Folder::new();
    let body = ".loc 1 2 0\nmov.u64 %rd1, 0;\nst.global.u64 [%rd1], %rd1;";
    let text = kernel("", body) + ".file 1 \"/somewhere/kernel.cu\"\n";
    let file = folder.file("kernel.ptx", text);
    folder.file("kernel.cu", "// one\n  *out = 0; \x1b[31m\n");
    let ran = run(&[&file, "--grid=1", "--block=1"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("/somewhere/kernel.cu:2 "), "{}", ran.out);
    assert!(ran.out.contains("       2 | *out = 0;  [31m\n"), "{:?}", ran.out);
    let ran = run(&[&file, "--grid=1", "--block=1", "f\x1b[31m:1"]);
    assert!(ran.code == 2 && !ran.err.contains('\x1b'), "{:?}", ran.err);
}

#[test]
fn help_and_version_are_no_errors() {
    let help = run(&["--help"]);
    assert_eq!(help.code, 0);
    for word in [
        "--entry",
        "--grid",
        "--block",
        "--shared",
        "--save",
        "--checks",
        "--pessimistic",
        "--stats",
        "--json",
        "--budget",
        "inout:u16:@y.npy",
        "null",
        "Exit code",
        "zeros:1024",
    ] {
        assert!(help.out.contains(word), "no {word:?} in: {}", help.out);
    }
    assert_eq!(run(&["-h"]).code, 0);
    assert!(run(&["--version"]).out.starts_with("ptx-run "));
    refuses(&[], &["Usage", "<FILE>"]);
}

/// What `--help` gives as an example is run as it stands there.
#[test]
fn the_example_of_help_works() {
    let help = run(&["--help"]).out;
    let (_, example) = help.split_once("An example").expect("there is an example");
    let (_, example) = example.split_once("ptx-run ").expect("it runs the program");
    let (command, _) = example.split_once("\nWith").expect("it has an end");
    let folder = Folder::new();
    let saved = folder.text("copied.npy");
    let command = command.replace('\\', "").replace("copied.npy", &saved);
    let command = command.replace("emulator/", "");
    let arguments: Vec<&str> = command.split_whitespace().collect();
    let ran = run(&arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
    assert!(ran.out.contains("\nclean: 64 threads, "), "{}", ran.out);
    assert!(folder.path("copied.npy").is_file());
    let four: Vec<&str> =
        arguments.iter().map(|a| if *a == "u32:3" { "u32:4" } else { a }).collect();
    let ran = run(&four);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("[3] (of 3 elements"), "{}", ran.out);
}

#[test]
fn who_closes_a_pipe_has_read_enough() {
    let mut child = program(&[&MATMUL[..], &["--stats"]].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
