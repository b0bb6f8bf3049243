//! What the emulator says of the experiment's mistakes. `findings.txt`, which the page shows, is
//! compared with what it says here.

#[path = "../../examples/06_gpu/faults.rs"]
#[allow(dead_code)]
mod faults;
#[path = "../../examples/06_gpu/lab.rs"]
#[allow(dead_code)]
mod lab;

use faults::{all, run_one};
use std::collections::BTreeSet;

const SHOWN: &str = include_str!("findings.txt");

/// A finding as the page shows it, folded to its width.
fn folded(finding: &str) -> String {
    let mut lines = vec![String::new()];
    for word in finding.split(' ') {
        let line = lines.last_mut().expect("there is one");
        if line.chars().count() + 1 + word.chars().count() > 88 {
            lines.push(format!("  {word}"));
        } else {
            let space = if line.is_empty() { "" } else { " " };
            *line += &format!("{space}{word}");
        }
    }
    lines.join("\n")
}

#[test]
fn the_page_shows_what_the_emulator_says() {
    for kernel in ["no_bound", "no_barrier", "barrier_inside", "no_atomic"] {
        let fault = all().into_iter().find(|fault| fault.kernel == kernel).unwrap();
        let (findings, _) = run_one(&fault, None);
        let text: String =
            findings.iter().map(|found| folded(&found.to_string()) + "\n").collect();
        let part = format!("# ANCHOR: {kernel}\n{text}# ANCHOR_END: {kernel}\n");
        assert!(SHOWN.contains(&part), "findings.txt does not show this:\n{part}");
    }
}

#[test]
fn every_mistake_is_found_whatever_the_order() {
    for fault in all() {
        let kinds = |seed| -> BTreeSet<&'static str> {
            run_one(&fault, seed).0.iter().map(|finding| finding.kind.name()).collect()
        };
        let first = kinds(None);
        assert!(!first.is_empty(), "nothing is found in {}", fault.kernel);
        for seed in 0..10 {
            let found = kinds(Some(seed));
            assert!(
                found.is_superset(&first),
                "{}, seed {seed}: {found:?}",
                fault.kernel
            );
        }
    }
}

/// The point of the table: numbers do not tell.
#[test]
fn some_mistakes_leave_the_numbers_right() {
    for (kernel, always) in [
        ("no_bound", true),
        ("barrier_inside", true),
        ("shuffle_inside", true),
        ("no_barrier", false),
        ("other_block", false),
    ] {
        let fault = all().into_iter().find(|fault| fault.kernel == kernel).unwrap();
        let right = (0..20).filter(|seed| run_one(&fault, Some(*seed)).1).count();
        match always {
            true => assert_eq!(right, 20, "{kernel}"),
            false => assert!((1..20).contains(&right), "{kernel}: {right} of 20"),
        }
    }
}
