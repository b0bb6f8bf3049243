//! The README's commands print what stands there.

use crate::tool::{Folder, as_floats, parts, program};
use std::path::Path;

const README: &str = include_str!("../../README.md");

/// The command of each block, and what it is said to print.
fn examples() -> Vec<(&'static str, &'static str)> {
    let blocks = README.split("```console\n$ ptx-run ").skip(1);
    let example = |block: &'static str| {
        let (block, _) = block.split_once("```").expect("a block has an end");
        block.split_once('\n').expect("a command is a line")
    };
    blocks.map(example).collect()
}

#[test]
fn the_commands_print_what_stands_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    let folder = Folder::new();
    let saved = folder.text("sums.npy");
    let examples = examples();
    assert_eq!(examples.len(), 5);
    for (command, printed) in &examples {
        let command = command.replace("sums.npy", &saved);
        let arguments: Vec<&str> = command.split_whitespace().collect();
        let output = program(&arguments).current_dir(root).output().expect("it starts");
        let out = String::from_utf8(output.stdout).expect("it prints text");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(out == *printed, "`{command}` prints:\n{out}");
        assert_eq!(output.status.code(), Some(!out.contains("clean: ") as i32));
    }
    assert_eq!(as_floats(&parts(&folder.path("sums.npy")).1), [6.0, 15.0]);
}

#[test]
fn every_kind_of_finding_is_explained() {
    let source = include_str!("../../src/finding.rs");
    let (_, names) = source.split_once("pub fn name(self)").expect("kinds have names");
    let (names, _) = names.split_once("\n    }\n").expect("the function has an end");
    let names: Vec<&str> = names.split('"').skip(1).step_by(2).collect();
    assert!(names.contains(&"race"), "{names:?}");
    for name in names {
        assert!(README.contains(&format!("| `{name}` | ")), "`{name}` is not explained");
    }
}
