//! Exercises in CUDA C as a reader meets them: with a stand-in for NVRTC, and without any.
//! A script stands in for cargo: it "builds" a program that accepts solutions alone.

#![cfg(unix)]

mod nvrtc;
#[allow(dead_code)]
#[path = "support/terminal.rs"]
mod terminal;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use terminal::Terminal;

const LIST: &str = "[[part]]\ntitle = 'P'\n[[part.chapter]]\nstem = 'a'\ntitle = 'First'\n\
question = '?'\nmodules = ['a']\nexercises = ['add']\n";
const TEXT: &str =
    "# Add\n\nS.\n\n## Hint\n\nOne.\n\n## Hint\n\nTwo.\n\n## Explanation\n\nBecause.\n";
const SOLUTION: &str = "//! The solution.\n#include \"common.cuh\"\n\nvoid add(int *x) {\n    \
// gradus: solution\n    x[0] = 1 + 2;\n    // gradus: skeleton\n    // // Add here.\n    \
// gradus: end\n}\n";
const WRONG: &str = "//! Forgets.\n//!\n//! rejected by: one number\n//! says: the sign\n\
#include \"common.cuh\"\nvoid add(int *x) { x[0] = 1; }\n";
const CARGO: &str = "#!/bin/sh\nmkdir -p target/learn/debug\n\
cp leaf target/learn/debug/leaf\nchmod +x target/learn/debug/leaf\n";
const LEAF: &str = r#"#!/bin/sh
case $1 in
*/solution) last='{"event":"passed"}' ;;
*) last='{"event":"failed","panicked":false,"what":"x","given":"","expected":"3","got":"1",' ;
   last="$last"'"suggests":"the sign is flipped"}' ;;
esac
printf '{"event":"started","case":"one number"}\n%s\n{"event":"finished"}\n' "$last" > "$GRADUS_EVENTS"
"#;

/// A course of one kernel exercise, its PTX not yet made.
fn course() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let own = |file: &str| format!("exercises/01-a/add/{file}");
    for (path, text) in [
        ("book/chapters.toml".into(), LIST),
        ("kernels/common.cuh".into(), "#define SHARED 1\n"),
        (own("exercise.md"), TEXT),
        (own("solution.cu"), SOLUTION),
        (own("check.rs"), "pub struct Answer { pub kernel: Kernel }\n"),
        (own("wrong/one.cu"), WRONG),
        (own("wrong/two.cu"), &WRONG.replace("= 1", "= 2")),
        ("cargo".into(), CARGO),
        ("leaf".into(), LEAF),
    ] {
        write(root.path(), &path, text);
    }
    let executable = PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(root.path().join("cargo"), executable).unwrap();
    root
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn read(root: &Path, path: &str) -> String {
    std::fs::read_to_string(root.join(path)).unwrap()
}

/// Runs `gradus` with the compiler `nvrtc`: it must exit with `code` and say `parts`.
#[track_caller]
fn gradus(root: &Path, nvrtc: &Path, arguments: &[&str], code: i32, parts: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_gradus"))
        .args(arguments)
        .current_dir(root)
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C.UTF-8")
        .env("CARGO", root.join("cargo"))
        .env("GRADUS_NVRTC", nvrtc)
        .env("STAND_IN_VERSION", "12.4")
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].map(|b| String::from_utf8(b).unwrap());
    let text = text.concat();
    assert_eq!(output.status.code(), Some(code), "{text}");
    let unwrapped = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(unwrapped.contains(part), "{part:?} is not in\n{text}");
    }
}

const NONE: &str = "/no/nvrtc.so";

#[track_caller]
fn with(root: &Path, arguments: &[&str], code: i32, parts: &[&str]) {
    gradus(root, nvrtc::stand_in(), arguments, code, parts);
}

#[track_caller]
fn without(root: &Path, arguments: &[&str], code: i32, parts: &[&str]) {
    gradus(root, Path::new(NONE), arguments, code, parts);
}

#[test]
fn the_ptx_of_every_variant_is_made_checked_and_told_when_it_drifts() {
    let root = course();
    let root = root.path();
    without(root, &["verify"], 2, &["skeleton.ptx is older than its source"]);
    write(root, "kernels/copy.cu", "k\n");
    let made = ["add/skeleton", "add/solution", "add/one", "add/two", "one.ptx is new"];
    with(root, &["ptx"], 0, &made);
    let head = read(root, "exercises/01-a/add/ptx/one.ptx");
    assert!(
        head.starts_with("// Made from exercises/01-a/add/wrong/one.cu by"),
        "{head}"
    );
    assert!(head.contains("\"/exercises/add.cu\""), "{head}");
    with(root, &["ptx", "--check"], 0, &["✓ exercises/01-a/add/ptx/skeleton.ptx"]);
    without(root, &["verify"], 0, &["1 exercises, 4 variants, 0 faults"]);

    // A word in the statement changes no PTX; one in the solution does.
    write(root, "exercises/01-a/add/exercise.md", &TEXT.replace("S.", "Say it."));
    without(root, &["verify"], 0, &["0 faults"]);
    write(root, "exercises/01-a/add/solution.cu", &SOLUTION.replace("1 + 2", "2 + 1"));
    let older = "solution.ptx is older than its source: run `cargo ptx add/solution`";
    without(root, &["verify"], 2, &[older]);
    with(
        root,
        &["ptx", "--check"],
        1,
        &["solution.ptx is not what its source compiles to"],
    );
    with(root, &["ptx", "add/solution"], 0, &["solution.ptx is new"]);
    without(root, &["verify"], 0, &["0 faults"]);
    write(root, "kernels/common.cuh", "#define SHARED 2\n");
    without(root, &["verify"], 2, &["skeleton.ptx is older than its source"]);
    with(root, &["ptx", "add"], 0, &["skeleton.ptx is new", "two.ptx is new"]);
    write(root, "exercises/01-a/add/ptx/gone.ptx", "");
    with(root, &["ptx", "--check"], 1, &["gone.ptx has no source: delete it"]);
}

#[test]
fn mutants_are_compiled_and_without_a_compiler_they_are_counted() {
    let root = course();
    let root = root.path();
    with(root, &["ptx", "add"], 0, &[]);
    let (all, none) = ("5 rejected, 0 do not compile, 0 equivalent", "0 rejected");
    with(root, &["verify", "--mutants"], 0, &[all, "9 variants, 0 faults"]);
    let why = "5 mutants of kernels were not tried: GRADUS_NVRTC names /no/nvrtc.so";
    let row = "0 equivalent, 5 not tried without NVRTC";
    without(root, &["verify", "--mutants"], 0, &[none, row, why, "4 variants, 0 faults"]);
    let listed = "[[mutant]]\nfrom = 'x[0] = 1 + 2;'\nto = ';'\nwhy = 'w'\n";
    write(root, "exercises/01-a/add/equivalent.toml", listed);
    with(
        root,
        &["verify", "--mutants"],
        0,
        &["4 rejected, 0 do not compile, 1 equivalent"],
    );
    let broken = SOLUTION.replace("1 + 2;", "1 + 2; // SYNTAX");
    write(root, "exercises/01-a/add/solution.cu", &broken);
    write(
        root,
        "exercises/01-a/add/equivalent.toml",
        &listed.replace(";\nto", "; // SYNTAX\nto"),
    );
    with(root, &["ptx", "add"], 1, &["solution.cu:6: error: expected a \";\""]);
}

#[test]
fn an_answer_is_compiled_and_an_error_has_the_readers_line() {
    let root = course();
    let root = root.path();
    with(root, &["ptx", "add"], 0, &[]);
    with(root, &["hint", "add"], 0, &["One."]);
    with(root, &["reset", "add"], 0, &["answers/01-a/add.cu is written"]);
    let skeleton = read(root, "answers/01-a/add.cu");
    assert!(skeleton.starts_with("//! Chapter 1, exercise `add`: Add\n"), "{skeleton}");
    assert!(skeleton.contains("    // Add here.\n}") && !skeleton.contains("1 + 2"));
    with(root, &["check", "add"], 1, &["✗ one number", "suggests the sign is flipped"]);

    let broken = skeleton.replace("// Add here.", "SYNTAX");
    let line = 1 + broken.lines().position(|line| line.contains("SYNTAX")).unwrap();
    write(root, "answers/01-a/add.cu", &broken);
    let place = format!("answers/01-a/add.cu:{line}: error: expected a \";\"");
    with(root, &["check", "add"], 1, &["It does not compile yet.", &place]);
    write(root, "answers/01-a/add.cu", "#include <math.h>\n");
    with(root, &["check", "add"], 1, &["answers/01-a/add.cu:1: ", "<math.h>"]);
    write(root, "answers/01-a/add.cu", "int a;\n\0");
    with(root, &["check", "add"], 1, &["answers/01-a/add.cu:2: the character NUL"]);
    write(root, "answers/01-a/add.cu", "");
    with(root, &["check", "add"], 1, &["The file is empty"]);
}

#[test]
fn without_a_compiler_committed_answers_are_tried_and_the_way_to_it_is_told() {
    let root = course();
    let root = root.path();
    with(root, &["ptx", "add"], 0, &[]);
    let told = [
        "GRADUS_NVRTC names /no/nvrtc.so",
        "cargo gradus solution add --force",
        "cargo gradus check add --answer exercises/01-a/add/wrong/one.cu",
    ];
    without(root, &["check", "add"], 2, &told);
    let wrong = "exercises/01-a/add/wrong/one.cu";
    without(root, &["check", "add", "--answer", wrong], 1, &["suggests the sign"]);
    let kept = read(root, "target/learn/kernels/add.ptx");
    assert_eq!(kept, read(root, "exercises/01-a/add/ptx/one.ptx"));
    without(root, &["solution", "add", "--force"], 0, &["x[0] = 1 + 2;"]);

    // Another letter, or PTX of another source: the compiler is needed.
    write(root, "mine.cu", &(WRONG.to_string() + "// mine\n"));
    without(root, &["check", "add", "--answer", "mine.cu"], 2, &told);
    let stale = read(root, "exercises/01-a/add/ptx/two.ptx");
    write(root, "exercises/01-a/add/ptx/one.ptx", &stale);
    without(root, &["check", "add", "--answer", wrong], 2, &told);

    // What was known of an answer that cannot be tried stays.
    write(root, "answers/progress.json", r#"{"solved":["add"]}"#);
    without(root, &["check", "--all"], 1, &["add, which could not be tried", "0 of 0"]);
    without(root, &["list"], 0, &["1 of 1 exercises solved"]);
}

#[test]
fn learn_tries_a_kernel_at_each_save_and_says_where_the_compiler_is_to_be_had() {
    let root = course();
    let root = root.path();
    with(root, &["ptx", "add"], 0, &[]);
    let save =
        |text: &str| std::fs::write(root.join("answers/01-a/add.cu"), text).unwrap();
    let library = nvrtc::stand_in().to_string_lossy();
    let variables = [("GRADUS_NVRTC", &*library), ("STAND_IN_VERSION", "12.4")];
    let mut terminal = Terminal::open(root, &variables);
    terminal.shows(&["edit  answers/01-a/add.cu", "✗ one number", "the sign is flipped"]);
    save("\nSYNTAX\n");
    terminal.shows(&["It does not compile yet", "answers/01-a/add.cu:2: error"]);
    save(SOLUTION);
    terminal.shows(&["✗ one number", "not: does not compile"]);
    terminal.press("q");
    assert_eq!(terminal.ends().0, 0);

    save("// mine\n");
    let mut terminal = Terminal::open(root, &[("GRADUS_NVRTC", NONE)]);
    terminal.shows(&["it must be compiled", "cargo gradus solution add --force"]);
    terminal.press("q");
    assert_eq!(terminal.ends().0, 0);
}
