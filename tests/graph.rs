//! `cargo gradus graph` as a program: what it draws, and what it refuses.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// The example, built with what the tests themselves are built with.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let cargo = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--example", "graph"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(cargo.expect("cargo is there").success());
    let tests = std::env::current_exe().expect("this program has a path");
    let profile = tests.parent().and_then(Path::parent).expect("target/debug/deps");
    profile.join("examples").join(format!("graph{}", std::env::consts::EXE_SUFFIX))
});

fn graph(arguments: &[&str]) -> Output {
    Command::new(&*PROGRAM).args(arguments).output().expect("it was built")
}

/// Value of the expression, and the gradient of each name in the order of the alphabet.
fn run(arguments: &[&str]) -> (String, Vec<String>) {
    let output = graph(arguments);
    let text = String::from_utf8(output.stdout).unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {error}");
    let mut leaves = Vec::new();
    let value_at = text.lines().next().unwrap().find("value").unwrap();
    let word = |line: &str, from_value: usize| {
        let line: String = line.chars().skip(value_at).collect();
        line.split_whitespace().nth(from_value).unwrap().to_string()
    };
    for line in text.lines().filter(|line| line.contains(" leaf ")) {
        leaves.push((line.split_whitespace().nth(1).unwrap().to_string(), word(line, 1)));
    }
    leaves.sort();
    (
        word(text.lines().nth(2).unwrap(), 0),
        leaves.into_iter().map(|leaf| leaf.1).collect(),
    )
}

#[test]
fn values_and_gradients_are_those_of_the_formula() {
    for (arguments, value, gradients) in [
        (&["a*b*(a+b)", "a=2", "b=3"][..], "30", &["21", "16"][..]),
        (&["x*x", "x=3"], "9", &["6"]),
        (&["x - y - 1", "x=5", "y=2"], "2", &["1", "−1"]),
        (&["x / y / 2", "x=8", "y=2"], "2", &["0.25", "−1"]),
        (&["-x^2", "x=3"], "−9", &["−6"]),
        (&["x^-1", "x=2"], "0.5", &["−0.25"]),
        (&["2 + 3*x", "x=-1.5e0"], "−2.5", &["3"]),
        (&["exp(ln(x)) + abs(-x)", "x=2"], "4", &["2"]),
        (&["sqrt(x) * relu(y)", "x=4", "y=-1"], "0", &["0", "0"]),
        (&["sigmoid(x)", "x=0"], "0.5", &["0.25"]),
        (&["tanh(w_1 · 0.5 − 1)", "w_1=2"], "0", &["0.5"]),
        (&["((x))", "x=7"], "7", &["1"]),
    ] {
        let (got, slopes) = run(arguments);
        assert_eq!(
            (got.as_str(), slopes.as_slice()),
            (value, &gradients.iter().map(|g| g.to_string()).collect::<Vec<_>>()[..]),
            "{arguments:?}"
        );
    }
}

#[test]
fn the_drawing_is_a_whole_svg_file_with_its_own_colours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("g.svg");
    run(&["tanh(a*b + c)", "a=2", "b=-3", "c=6.5", "--out", path.to_str().unwrap()]);
    let svg = std::fs::read_to_string(&path).unwrap();
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains("prefers-color-scheme:dark") && svg.contains("gradient −2.359"));
    // Below a file there is no room for another.
    let below = path.join("h.svg");
    let output = graph(&["a", "a=1", "--out", below.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
}

/// The message with a caret under the place, which is counted in characters.
#[test]
fn what_cannot_be_read_is_shown_with_a_caret_under_it() {
    let deep = "(".repeat(300) + "a";
    for (arguments, caret, message) in [
        (&["sin(a)", "a=1"][..], 0, "there is no function `sin`, but exp, ln"),
        (&["a + b", "a=1"], 4, "`b` has no value: add b=1"),
        (&["2*(a + b", "a=1", "b=1"], 2, "this bracket is never closed"),
        (&["tanh(a", "a=1"], 4, "this bracket is never closed"),
        (&["a + b)", "a=1", "b=1"], 5, "this bracket closes nothing"),
        (&["(a b)", "a=1", "b=1"], 3, "an operator or ) is expected"),
        (&["a b", "a=1", "b=1"], 2, "an operator is expected here"),
        (&["a + ", "a=1"], 4, "a number, a name or ( is expected"),
        (&["a ** 2", "a=1"], 3, "a number, a name or ( is expected"),
        (&["a ^ b", "a=1", "b=1"], 4, "the exponent must be a number"),
        (&["1.2.3 * a", "a=1"], 0, "`1.2.3` is not a number"),
        (&["", "a=1"], 0, "the expression is empty"),
        (&["   "], 0, "the expression is empty"),
        (&["2 + 3"], 0, "no name occurs"),
        (&["a", "a=1", "b=2"], 0, "`b` has a value and does not occur"),
        (&["1 + ln(a - 2)", "a=1"], 4, "`ln(a - 2)` is NaN for these values"),
        (&["a / (a - 1)", "a=1"], 0, "`a / (a - 1)` is inf for these values"),
        (&["α · β", "α=1"], 4, "`β` has no value"),
        (&[deep.as_str()], 200, "nested more than 200 deep"),
    ] {
        let output = graph(arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        let line = error.lines().nth(1).unwrap_or_default();
        let at = line.chars().position(|c| c == '^');
        assert_eq!(at, Some(caret), "{arguments:?}: {error}");
        assert!(error.contains(message), "{arguments:?}: {error}");
    }
}

#[test]
fn a_value_that_is_none_is_refused() {
    for (value, message) in [
        ("a", "`a` gives no value: write a=1"),
        ("a=x", "`x` is not a number"),
        ("a=", "`` is not a number"),
        ("a=nan", "`nan` is not a number"),
    ] {
        let output = graph(&["a", value]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && error.contains(message), "{error}");
    }
    let twice = graph(&["a", "a=1", "a=2"]);
    assert!(String::from_utf8(twice.stderr).unwrap().contains("`a` has two values"));
}
