//! `gradus ptx` as a reader types it: with a stand-in for the compiler, and with NVRTC
//! itself where it is found.

mod nvrtc;

use nvrtc::stand_in;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A checkout with one kernel, whose text ends with `text`.
fn course(text: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "book/chapters.toml", "part = []\n");
    write(root.path(), "kernels/common.cuh", "#define SHARED 1\n");
    write(
        root.path(),
        "kernels/copy.cu",
        &format!("#include \"common.cuh\"\n\n{text}\n"),
    );
    root
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn read(root: &Path, path: &str) -> String {
    std::fs::read_to_string(root.join(path)).unwrap_or_default()
}

fn gradus(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gradus"));
    command.current_dir(root).arg("ptx").env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8");
    command
}

fn finish(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    let text =
        [output.stdout, output.stderr].map(|b| String::from_utf8(b).unwrap()).concat();
    (output.status.code(), text)
}

#[track_caller]
fn says(root: &Path, version: &str, arguments: &[&str], code: i32, parts: &[&str]) {
    let mut command = gradus(root);
    command.arg("--nvrtc").arg(stand_in()).env("STAND_IN_VERSION", version);
    let (exit, text) = finish(command.args(arguments));
    assert_eq!(exit, Some(code), "{text}");
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}

const PTX: &str = "kernels/ptx/copy.ptx";

#[test]
fn ptx_is_written_once_checked_and_held_against_its_source() {
    let root = course("k");
    let root = root.path();
    says(root, "12.4", &["--check"], 1, &["copy.ptx is not what its source compiles to"]);
    assert_eq!(read(root, PTX), "", "a check writes nothing");
    says(root, "12.4", &[], 0, &["copy: k", "255", "64", "copy.ptx is new"]);
    let ptx = read(root, PTX);
    assert!(
        ptx.contains("SHA-256 of copy.cu: ") && ptx.contains(".version 7.0\n"),
        "{ptx}"
    );
    assert!(!ptx.contains(&*root.to_string_lossy()) && !ptx.contains("8.4"), "{ptx}");
    says(root, "12.4", &["copy"], 0, &["copy.ptx is as it was"]);
    says(root, "12.4", &["--check"], 0, &["✓ kernels/ptx/copy.ptx"]);
    write(root, "kernels/common.cuh", "#define SHARED 2\n");
    says(root, "12.4", &["--check"], 1, &["from line 3 on", "run `cargo ptx copy`"]);
    assert_eq!(read(root, PTX), ptx);
    says(root, "12.4", &["kernels/copy.cu"], 0, &["is new"]);
    write(root, "kernels/ptx/gone.ptx", "");
    says(root, "12.4", &["--check"], 1, &["gone.ptx has no source: delete it"]);
}

#[test]
fn another_version_never_touches_what_is_committed() {
    let root = course("k");
    let root = root.path();
    write(root, PTX, "old\n");
    for more in [&[][..], &["--check"], &["copy"]] {
        says(root, "12.9", more, 2, &["made with NVRTC 12.4, and this is 12.9"]);
    }
    says(root, "13.0", &["--any-version"], 0, &["copy: k", "this is 13.0"]);
    assert_eq!(read(root, PTX), "old\n");
    assert!(read(root, "target/ptx/copy.ptx").contains("// NVRTC: 13.0"));
}

#[test]
fn errors_have_the_readers_file_and_line() {
    let root = course("\nSYNTAX");
    says(root.path(), "12.4", &[], 1, &["kernels/copy.cu:4: error: expected a \";\""]);
    assert_eq!(read(root.path(), PTX), "");
    let root = course("ASM");
    says(root.path(), "12.4", &[], 1, &["kernels/copy.cu:7: error   : Not a name: 'x'"]);
    let root = course("#include <math.h>");
    says(root.path(), "12.4", &[], 2, &["kernels/copy.cu:3: ", "<math.h>"]);
    write(root.path(), "kernels/copy.cu", "// target: sm_99\n");
    says(
        root.path(),
        "12.4",
        &[],
        2,
        &["kernels/copy.cu: ", "sm_75, sm_80, not `sm_99`"],
    );
    write(root.path(), "kernels/copy.cu", "// target: sm_80\nTOO_NEW\n");
    says(root.path(), "12.4", &[], 2, &["NVRTC fails: NVRTC_ERROR_STAND_IN"]);
}

#[test]
fn a_spill_is_told_and_is_a_failure() {
    let root = course("SPILL");
    says(root.path(), "12.4", &[], 1, &["a kernel spills"]);
    says(
        root.path(),
        "12.4",
        &["--check"],
        1,
        &["a kernel spills", "✓ kernels/ptx/copy.ptx"],
    );
}

#[test]
fn a_source_elsewhere_is_compiled_beside_and_a_wrong_name_is_told() {
    let root = course("k");
    write(root.path(), "answers/mine.cu", "#include \"common.cuh\"\nk\n");
    says(root.path(), "12.4", &["answers/mine.cu"], 0, &["target/ptx/mine.ptx is new"]);
    assert!(!root.path().join("kernels/ptx").exists());
    says(root.path(), "12.4", &["cpoy"], 2, &["there is no kernel cpoy"]);
    says(root.path(), "12.4", &["book/chapters.toml"], 2, &["is no .cu file"]);
}

#[test]
fn a_library_that_is_missing_or_another_is_a_sentence() {
    let root = course("k");
    let (exit, text) = finish(gradus(root.path()).env("GRADUS_NVRTC", "/no/nvrtc.so"));
    assert_eq!(exit, Some(2), "{text}");
    assert!(text.contains("GRADUS_NVRTC names /no/nvrtc.so"), "{text}");
    let (exit, text) = finish(gradus(root.path()).args(["--nvrtc", "kernels/copy.cu"]));
    assert!(exit == Some(2) && text.contains("cannot be loaded"), "{text}");
}

/// Runs with the NVRTC that the program finds; without one it is reported as skipped.
#[test]
fn nvrtc_itself_makes_the_committed_ptx_and_says_what_is_wrong() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (exit, text) = finish(gradus(&root).arg("--check"));
    let none = ["is not here", "there is no nvrtc for", "made with NVRTC"];
    if exit == Some(2) && none.iter().any(|told| text.contains(told)) {
        // Past the harness, which keeps what passing tests print.
        writeln!(std::io::stderr(), "\nskipped: no NVRTC 12.4").unwrap();
        return;
    }
    assert_eq!(exit, Some(0), "{text}");
    assert!(
        text.contains("copy: fill") && text.contains("kernels/ptx/copy.ptx"),
        "{text}"
    );

    let told = |kernel: &str, parts: &[&str]| {
        let root = course(kernel);
        let (exit, text) = finish(&mut gradus(root.path()));
        assert_eq!(exit, Some(1), "{text}");
        for part in parts {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
    };
    told("__global__ void f() { int x = y; }", &["copy.cu:3: error: identifier \"y\""]);
    told(
        "\nextern \"C\" __global__ void f() {\n    asm volatile(\"quatsch;\");\n}",
        &["kernels/copy.cu:5: error", "quatsch"],
    );
    let newer =
        "\nextern \"C\" __global__ void f() { asm volatile(\"cp.async.wait_all;\"); }";
    told(newer, &["kernels/copy.cu:4: error", "requires .target sm_80"]);
    let greedy = "extern \"C\" __global__ void __launch_bounds__(1024) f(float *x) {\n\
        float a[99];\n#pragma unroll\nfor (int i = 0; i < 99; i++) a[i] = x[i * threadIdx.x];\n\
        for (int k = 0; k < 99; k++)\n#pragma unroll\nfor (int i = 0; i < 99; i++) \
        a[i] *= a[(i + 1) % 99];\n#pragma unroll\nfor (int i = 0; i < 99; i++) x[i] = a[i];\n}";
    told(greedy, &["a kernel spills", "copy: f"]);
}
