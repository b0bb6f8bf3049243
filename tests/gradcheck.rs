//! `cargo gradcheck` as a program: what it prints, and with which code it ends.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// The example, built with what the tests themselves are built with.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let cargo = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--example", "gradcheck"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(cargo.expect("cargo is there").success());
    let tests = std::env::current_exe().expect("this program has a path");
    let profile = tests.parent().and_then(Path::parent).expect("target/debug/deps");
    profile.join("examples").join(format!("gradcheck{}", std::env::consts::EXE_SUFFIX))
});

fn gradcheck(arguments: &[&str]) -> Output {
    Command::new(&*PROGRAM).args(arguments).output().expect("it was built")
}

fn json(arguments: &[&str]) -> Vec<Value> {
    let output = gradcheck(&[&["--json"], arguments].concat());
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("it prints UTF-8")
}

#[test]
fn every_operation_has_a_verdict_with_shapes_error_and_bound() {
    let rows = json(&[]);
    assert!(gradcheck(&[]).status.success());
    let mut operations: Vec<&str> =
        rows.iter().map(|row| row["operation"].as_str().unwrap()).collect();
    operations.dedup();
    assert!(operations.len() >= 50 && rows.len() == 2 * operations.len());
    for name in ["add", "layer_norm", "max", "min", "var_unbiased", "where", "gelu_tanh"]
    {
        assert!(operations.contains(&name), "{name}");
    }
    for row in &rows {
        let (worst, bound) =
            (row["worst"].as_f64().unwrap(), row["bound"].as_f64().unwrap());
        assert!((0.0..=bound).contains(&worst) && bound <= 1e-4, "{row}");
        assert_eq!((&row["verdict"], &row["fault"]), (&"ok".into(), &Value::Null));
        let cases = row["cases"].as_array().unwrap();
        assert!(cases.len() >= 4, "{row}");
        for case in cases {
            let shapes = case["shapes"].as_array().unwrap();
            assert!(!shapes.is_empty() && shapes.iter().all(Value::is_array), "{case}");
        }
    }
    let add = rows.iter().find(|row| row["operation"] == "add").unwrap();
    let broadcast = &add["cases"][1];
    assert_eq!(broadcast["name"], "broadcast");
    assert_eq!(broadcast["shapes"], serde_json::json!([[4, 1, 3], [2, 1]]));
}

#[test]
fn one_operation_can_be_asked_for() {
    let rows = json(&["--op", "tanh"]);
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["operation"] == "tanh"));
    let output = gradcheck(&["--op", "tanh"]);
    let table = text(&output.stdout);
    assert!(
        output.status.success() && table.contains("2 comparisons, 0 wrong"),
        "{table}"
    );
    assert!(!table.contains("sigmoid"));
}

#[test]
fn an_operation_that_is_not_there_is_refused_with_the_names_near_it() {
    for option in ["--op", "--spoil"] {
        let output = gradcheck(&[option, "tahn"]);
        assert_eq!(output.status.code(), Some(2));
        let message = text(&output.stderr);
        assert!(message.contains("no operation `tahn`"), "{message}");
        assert!(message.contains("`tanh`") && message.len() < 100, "{message}");
    }
}

#[test]
fn a_wrong_gradient_fails_the_check_and_is_shown() {
    let output = gradcheck(&["--spoil", "tanh"]);
    assert_eq!(output.status.code(), Some(1));
    let table = text(&output.stdout);
    assert!(
        table.contains("WRONG") && table.contains("gradient of input 0 at"),
        "{table}"
    );
    assert!(table.contains(" comparisons, 1 wrong"), "{table}");
    let wrong: Vec<Value> = json(&["--spoil", "tanh"])
        .into_iter()
        .filter(|row| row["verdict"] != "ok")
        .collect();
    assert!(wrong.len() == 1 && wrong[0]["operation"] == "tanh", "{wrong:?}");
    assert!(wrong[0]["worst"].as_f64() > wrong[0]["bound"].as_f64());
}

/// What the page of chapter 3 shows.
#[test]
fn a_spoilt_product_is_told_of_as_the_book_prints_it() {
    let output = gradcheck(&["--op", "mul", "--spoil", "mul"]);
    let page = include_str!("03_autograd/spoilt.txt").lines();
    let printed: Vec<&str> = page.filter(|line| !line.contains("ANCHOR")).collect();
    assert_eq!(text(&output.stdout).lines().collect::<Vec<_>>(), printed);
}

/// The operations as they are, and one more file.
fn with(source: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ops = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ops");
    for entry in std::fs::read_dir(ops).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    std::fs::write(folder.path().join("cube.rs"), source).unwrap();
    folder
}

#[test]
fn an_operation_without_a_case_fails_the_check_and_is_named() {
    for source in [
        "impl<T: Real> Op<T> for Cube { fn name(&self) -> &'static str { \"cube\" } }",
        "impl Function for Cube { const NAME: &'static str = \"cube\"; }",
        "impl<T: Real> TensorOf<T> { pub fn cube(&self) { Extreme { name: \"cube\" } } }",
    ] {
        let folder = with(source);
        let folder = folder.path().to_str().unwrap();
        for arguments in
            [&["--source", folder][..], &["--source", folder, "--op", "cube"]]
        {
            let output = gradcheck(arguments);
            let table = text(&output.stdout);
            assert_eq!(output.status.code(), Some(1), "{source}\n{table}");
            assert!(table.contains("no case tries it") && table.contains("cube.rs"));
            assert!(table.contains(" 1 wrong"), "{table}");
        }
    }
}

#[test]
fn a_source_that_cannot_be_read_is_refused() {
    let folder = with("impl<T: Real> Op<T> for Cube { fn name(&self) { cube() } }");
    let output = gradcheck(&["--source", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cube.rs: no name can be read"));
    let output = gradcheck(&["--source", "no/such/folder"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no/such/folder"));
}

#[test]
fn a_device_is_held_against_the_processor() {
    let rows = json(&["--device", "emulator"]);
    assert!(rows.len() >= 50);
    for row in &rows {
        assert_eq!((&row["device"], &row["verdict"]), (&"emulator".into(), &"ok".into()));
        let worst = row["worst"].as_f64().unwrap();
        assert!(worst <= row["bound"].as_f64().unwrap(), "{row}");
        assert!(!row["cases"].as_array().unwrap().is_empty(), "{row}");
    }
    // Arithmetic in f32 is never exact everywhere: zeros would mean that nothing was compared.
    assert!(rows.iter().any(|row| row["worst"].as_f64().unwrap() > 1e-8));
    let output = gradcheck(&["--device", "emulator", "--op", "softmax"]);
    let table = text(&output.stdout);
    assert!(
        output.status.success() && table.contains("softmax            emulator"),
        "{table}"
    );
    for (arguments, part) in [
        (["--device", "tpu"], "there is no device `tpu`"),
        (["--device", "cuda:99"], "there is no"),
    ] {
        let output = gradcheck(&arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(part), "{}", text(&output.stderr));
    }
    let output = gradcheck(&["--device", "emulator", "--spoil", "mul"]);
    assert_eq!(output.status.code(), Some(2));
}
