//! What a reader may save by mistake, tried by the real program with the real library: no
//! answer harms the one who watches, none passes by accident, and each is answered in
//! words that help. All share one built library, so one test tries them one by one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RIGHT: &str = "    let mut path = vec![start];
    for _ in 0..steps {
        let w = path[path.len() - 1];
        path.push(w - learning_rate * slope(w));
    }
    path";

/// An answer to `descend` with this body.
fn answer(body: &str) -> String {
    format!(
        "pub fn descend(slope: fn(f64) -> f64, start: f64, learning_rate: f64, steps: usize) -> Vec<f64> {{\n{body}\n}}\n"
    )
}

/// Writes a verdict of its own, if it finds out where, and leaves.
const CHEAT: &str = r#"
    let verdict = "{\"event\":\"started\",\"case\":\"a\"}\n{\"event\":\"passed\"}\n{\"event\":\"finished\"}\n";
    if let Ok(path) = std::env::var("GRADUS_EVENTS") {
        std::fs::write(path, verdict).unwrap();
    }
    println!("{verdict}");
    std::process::exit(0)"#;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// `gradus check descend --answer FILE`, in the checkout.
fn check(file: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gradus"));
    command.current_dir(root()).env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8");
    command.args(["check", "descend", "--answer"]).arg(file).args(more);
    command
}

/// Every file of the reader's, and what is in it.
fn files_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => files.extend(files_in(&path)),
            path => _ = files.insert(path.clone(), std::fs::read(path).unwrap()),
        }
    }
    files
}

#[test]
fn no_answer_harms_and_none_passes_by_accident() {
    let folder = tempfile::tempdir().unwrap();
    let before = files_in(&root().join("answers"));
    let path = folder.path().join("mine.rs");
    let tried = |bytes: &[u8], more: &[&str], code: i32, parts: &[&str]| {
        std::fs::write(&path, bytes).unwrap();
        let output = check(&path, more).output().unwrap();
        let text = [output.stdout, output.stderr]
            .map(|bytes| String::from_utf8(bytes).unwrap())
            .concat();
        let source = String::from_utf8_lossy(bytes);
        assert_eq!(output.status.code(), Some(code), "{source}\n{text}");
        let unwrapped = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in parts {
            assert!(
                unwrapped.contains(part),
                "{part:?} is not said of\n{source}\n{text}"
            );
        }
        assert!(text.len() < 8000, "{} bytes are too many to read", text.len());
        text
    };
    let runs = |body: &str, more: &[&str], parts: &[&str]| {
        let text = tried(answer(body).as_bytes(), more, 1, parts);
        assert!(text.contains("gradus hint descend"), "{text}");
        text
    };

    // Its warnings are the reader's own affair.
    let warned = answer(&format!("    let unused = 1;\n    let mut x = 2;\n{RIGHT}"));
    let text = tried(warned.as_bytes(), &[], 0, &["Right.", "The slope is taken anew"]);
    assert!(!text.contains("warning"), "{text}");

    // Answers that do not come back.
    let seconds = ["--seconds", "1"];
    runs("    loop {}", &seconds, &["stopped after 1 second.", "loop never end"]);
    let grows =
        "    let mut all = Vec::new();\n    loop { all.push(vec![1.0; 1 << 20]) }";
    let text = runs(grows, &[], &["more than 1024 MiB", "grow without end"]);
    assert!(!text.contains("memory allocation"), "{text}");
    let recurs = "    std::hint::black_box(descend(slope, start, learning_rate, steps))";
    let text = runs(recurs, &[], &["call itself without end"]);
    assert!(!text.contains("overflowed"), "{text}");
    let panics = "    vec![0.0][steps + 1..].to_vec()";
    runs(panics, &[], &["panicked", "line 2 of mine.rs"]);
    let leaves = "    std::process::exit(0)";
    runs(leaves, &[], &["ended the program (exit code 0)", "Return"]);
    let prints = "    loop { println!(\"slope\") }";
    runs(prints, &[], &["printed more than 4 MiB", "println!", "lines more"]);
    runs("    loop { print!(\"w\") }", &[], &["printed more than 4 MiB"]);
    let threads =
        "    std::thread::spawn(|| panic!(\"here\")).join().unwrap();\n    vec![]";
    runs(threads, &[], &["panicked", "line 2 of mine.rs"]);

    // A verdict must come from the check.
    runs(CHEAT, &[], &["ended the program (exit code 0)"]);

    // Files that are not, or not yet, an answer.
    let half = answer(RIGHT).replace("    path\n}", "    path\n");
    tried(half.as_bytes(), &[], 1, &["does not compile yet", "unclosed delimiter"]);
    tried(b"", &[], 1, &["The file is empty", "cargo gradus reset descend"]);
    tried(b"// caf\xe9\n", &[], 1, &["Line 1 is not UTF-8", "Save the file"]);
    let renamed = answer(RIGHT).replace("pub fn descend", "pub fn ascend");
    let needs = ["exactly this signature", "pub fn descend( slope: fn(f64) -> f64,"];
    tried(renamed.as_bytes(), &[], 1, &needs);
    let retyped = answer(RIGHT).replace("steps: usize", "steps: i32");
    tried(retyped.as_bytes(), &[], 1, &needs);
    let private = answer(RIGHT).replace("pub fn", "fn");
    tried(private.as_bytes(), &[], 1, &needs);

    a_finding_has_the_line_of_the_readers_own_file();
    an_answer_does_not_outlive_the_one_who_watches(folder.path());
    assert_eq!(files_in(&root().join("answers")), before, "answers/ was touched");
}

/// A kernel that is committed needs no compiler, and what the emulator finds in it is told.
fn a_finding_has_the_line_of_the_readers_own_file() {
    let path = root().join("exercises/06-gpu/scatter_add/wrong/no_atomic.cu");
    let source = std::fs::read_to_string(&path).unwrap();
    let line = 1 + source.lines().position(|line| line.contains("+= dy[i]")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_gradus"));
    command.current_dir(root()).env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8");
    command.env("GRADUS_NVRTC", "/no/nvrtc.so");
    let output = command.args(["check", "scatter_add", "--answer"]).arg(&path).output();
    let output = output.unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    let unwrapped = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "✗ one row twice",
        &format!("`scatter_add`, line {line} of scatter_add.cu"),
        "`dx`[",
        "nothing orders the two",
        "two threads add to one place at once",
    ] {
        assert!(unwrapped.contains(part), "{part:?} is not said:\n{text}");
    }
}

/// `kill -9` leaves no looping process behind.
fn an_answer_does_not_outlive_the_one_who_watches(folder: &Path) {
    let (path, beat) = (folder.join("orphan.rs"), folder.join("beat"));
    let beats = format!(
        "    for beat in 0u64.. {{
        std::fs::write({beat:?}, beat.to_string()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(10));
    }}
    vec![]"
    );
    std::fs::write(&path, answer(&beats)).unwrap();
    let mut command = check(&path, &["--seconds", "3"]);
    let mut gradus = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait(|| beat.exists());
    gradus.kill().unwrap();
    gradus.wait().unwrap();
    let heard = || std::fs::read_to_string(&beat).unwrap();
    let lives = || {
        let before = heard();
        std::thread::sleep(Duration::from_secs(1));
        heard() != before
    };
    assert!(lives(), "it ended with the one who watches: nothing is shown");
    wait(|| !lives());
}

/// Waits until `holds`, but not for ever.
#[track_caller]
fn wait(holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(60), "it never happens");
        std::thread::sleep(Duration::from_millis(10));
    }
}
