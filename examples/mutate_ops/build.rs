//! The copy of the tree with all mutants in it: made, freed of mutants that do not compile,
//! built, run.

use crate::weave::{self, Mutant};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The tests that must see a fault; the second holds `gradcheck` over all cases, the third
/// what is slower and not wrong.
const TESTS: [&str; 3] = ["ops", "03_autograd", "speed"];

/// A fault that makes an endless loop is seen by this.
const LIMIT: Duration = Duration::from_secs(60);

/// What is woven into the library: which mutant this run is.
const CHOICE: &str = "
#[doc(hidden)]
pub fn mutant() -> usize {
    static CHOSEN: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
    *CHOSEN.get_or_init(|| std::env::var(\"GRADUS_MUTANT\").map_or(0, |n| n.parse().unwrap()))
}
";

/// The mutants of the wanted files that compile, how many do not, and the programs that
/// test them.
pub fn build(root: &Path, wanted: &[String]) -> (Vec<Mutant>, usize, Vec<PathBuf>) {
    let copy = root.join("target/mutants/tree");
    copy_tree(root, &copy);
    let library = copy.join("src/lib.rs");
    let source = std::fs::read_to_string(&library).expect("the copy is there");
    std::fs::write(&library, source + CHOICE).expect("the copy can be written");

    let mut sources = BTreeMap::new();
    for entry in
        std::fs::read_dir(root.join("src/ops")).expect("the operations are there")
    {
        let path = entry.expect("it can be read").path();
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if wanted.is_empty() || wanted.contains(&stem) {
            let source = std::fs::read_to_string(&path).expect("it can be read");
            sources.insert(format!("{stem}.rs"), source);
        }
    }
    let mut mutants = Vec::new();
    for (file, source) in &sources {
        mutants.extend(weave::mutants(file, source, mutants.len() + 1));
    }
    let planted = mutants.len();
    loop {
        let mut places = BTreeMap::new();
        for (file, source) in &sources {
            let own: Vec<_> =
                mutants.iter().filter(|m| m.file == *file).cloned().collect();
            let (woven, ranges) = weave::weave(source, &own);
            std::fs::write(copy.join("src/ops").join(file), woven)
                .expect("it can be written");
            places.insert(format!("src/ops/{file}"), ranges);
        }
        let checked = cargo(&copy, &["check", "--lib"]);
        let broken = broken(&checked, &places);
        if broken.is_empty() {
            break;
        }
        eprintln!("{} of {} mutants do not compile", broken.len(), mutants.len());
        mutants.retain(|mutant| !broken.contains(&mutant.number));
    }
    let tests: Vec<&str> = TESTS.iter().flat_map(|test| ["--test", test]).collect();
    let built = cargo(&copy, &[&["test", "--no-run"], &tests[..]].concat());
    let programs = built.iter().filter(|m| m["profile"]["test"] == true);
    let programs: Vec<PathBuf> =
        programs.filter_map(|m| m["executable"].as_str()).map(PathBuf::from).collect();
    assert_eq!(programs.len(), TESTS.len(), "the copy cannot be built");
    eprintln!("{} mutants are built", mutants.len());
    let uncompiled = planted - mutants.len();
    (mutants, uncompiled, programs)
}

/// Whether all tests pass with this mutant.
pub fn run(tests: &[PathBuf], mutant: usize) -> bool {
    tests.iter().all(|test| {
        let mut command = Command::new(test);
        command.env("GRADUS_MUTANT", mutant.to_string());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let (mut child, start) = (command.spawn().expect("it was built"), Instant::now());
        loop {
            if let Some(status) = child.try_wait().expect("it is a child") {
                return status.success();
            }
            if start.elapsed() > LIMIT {
                child.kill().and_then(|()| child.wait()).expect("it is a child");
                return false;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    })
}

/// Copies what git tracks.
fn copy_tree(root: &Path, copy: &Path) {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output();
    let listed = String::from_utf8(listed.expect("git is there").stdout);
    if copy.exists() {
        std::fs::remove_dir_all(copy).expect("the last copy can be removed");
    }
    for name in listed.expect("names are UTF-8").split_terminator('\0') {
        let (from, to) = (root.join(name), copy.join(name));
        // What was deleted and not yet committed is listed too.
        if from.exists() {
            let folder = to.parent().expect("it is in the copy");
            std::fs::create_dir_all(folder).expect("the copy can be written");
            std::fs::copy(from, to).expect("the copy can be written");
        }
    }
}

/// Runs cargo in the copy, with a target folder of its own; what it says about the library.
/// The loops need not be fast here, and are built faster so.
fn cargo(copy: &Path, arguments: &[&str]) -> Vec<serde_json::Value> {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).arg("--quiet").current_dir(copy);
    command.args(["--package", "gradus", "--message-format", "json"]);
    command.args(["--config", "profile.dev.package.gradus.opt-level=0"]);
    command.env("CARGO_TARGET_DIR", copy.with_file_name("target"));
    // What the compiler sees to be wrong is a mutant like any other.
    command.env("RUSTFLAGS", "--cap-lints warn").stderr(Stdio::inherit());
    let output = command.output().expect("cargo is there").stdout;
    let lines = String::from_utf8(output).expect("it is JSON");
    lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The numbers of the mutants that an error lies in.
fn broken(
    messages: &[serde_json::Value],
    places: &BTreeMap<String, Vec<(usize, Range<usize>)>>,
) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for message in messages.iter().map(|message| &message["message"]) {
        if message["level"] != "error"
            || message["spans"].as_array().is_none_or(Vec::is_empty)
        {
            continue;
        }
        let before = found.len();
        let spans = message["spans"].as_array().expect("it has spans");
        for span in spans.iter().filter(|span| span["is_primary"] == true) {
            let file = span["file_name"].as_str().unwrap_or_default();
            let start = span["byte_start"].as_u64().unwrap_or_default() as usize;
            let own = places.get(file).into_iter().flatten();
            found.extend(own.filter(|(_, range)| range.contains(&start)).map(|(n, _)| n));
        }
        assert!(
            found.len() > before || !found.is_empty(),
            "not a mutant's fault: {message:#}"
        );
    }
    found
}
