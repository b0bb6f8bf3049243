//! No kernel is left out: each one of the committed PTX is launched by some test.

use gradus::device::kernels;
use std::collections::BTreeSet;
use std::io::Write;
use std::process::Command;

/// While this variable names a file, every launch adds its kernel's name to it.
const LAUNCHED: &str = "GRADUS_TEST_LAUNCHED";

/// Notes a launch, if anyone wants to know.
pub fn note(kernel: &str) {
    if let Some(path) = std::env::var_os(LAUNCHED) {
        let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
        // One write for a line, so that threads do not tear each other's.
        file.write_all(format!("{kernel}\n").as_bytes()).unwrap();
    }
}

#[test]
fn every_kernel_is_launched_by_a_test() {
    let launched = tempfile::NamedTempFile::new().unwrap();
    let tests = Command::new(std::env::current_exe().unwrap())
        .args(["--skip", "every_kernel_is_launched_by_a_test", "--quiet"])
        .env(LAUNCHED, launched.path())
        .output()
        .unwrap();
    assert!(tests.status.success(), "{}", String::from_utf8_lossy(&tests.stdout));
    let launched = std::fs::read_to_string(launched.path()).unwrap();
    let launched: BTreeSet<&str> = launched.lines().collect();
    let entries = kernels::ALL.iter().flat_map(|source| source.ptx.lines());
    let entries: BTreeSet<&str> = entries
        .filter_map(|line| line.strip_prefix(".visible .entry ")?.split('(').next())
        .collect();
    assert!(entries.len() > 100, "{} kernels", entries.len());
    let missing: Vec<&&str> = entries.difference(&launched).collect();
    assert!(missing.is_empty(), "no test launches {missing:?}");
}
