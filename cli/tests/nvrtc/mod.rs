//! A stand-in for NVRTC, built once for each program of tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The library.
pub fn stand_in() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let source =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nvrtc/stand_in.rs");
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stand_in_nvrtc");
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let mut build = Command::new(rustc);
        build.args(["--edition=2024", "--crate-type=cdylib", "-Anon_snake_case", "-o"]);
        assert!(build.arg(&library).arg(source).status().unwrap().success());
        library
    })
}
