//! What a branch costs when the lanes of a warp part, and when whole warps do.

use crate::lab::{Lab, STEPS};
use gradus::report::Run;
use ptx_emulator::{Counts, Shape};

/// 64 threads, of which groups of `width` take turns in the two ways of a branch.
fn part(width: u32) -> Counts {
    let mut lab = Lab::new(STEPS, None);
    let x = lab.floats("x", &[1.0; 64]);
    lab.counts("part", Shape::row(1, 64), &[x.into(), width.into(), 100u32.into()])
}

pub fn measure(run: &mut Run) {
    let ways = [
        (1, "odd and even lanes"),
        (16, "half a warp and the other half"),
        (32, "one warp and the other"),
        (64, "all threads the same way"),
    ];
    let mut rows = Vec::new();
    for (width, words) in ways {
        let counts = part(width);
        let lanes = counts.thread_instructions as f64 / counts.instructions as f64;
        rows.push(vec![
            words.to_string(),
            counts.divergent_branches.to_string(),
            counts.instructions.to_string(),
            format!("{lanes:.1}"),
        ]);
        run.number(&format!("divergence.{width}"), counts.instructions as f64, 0);
    }
    run.table(
        "divergence",
        "Two warps at a branch of two equally long ways",
        &["who takes another way", "partings", "instructions", "lanes at work"],
        &rows,
    );
    let ratio = part(1).instructions as f64 / part(32).instructions as f64;
    run.number("divergence.ratio", ratio, 1);
}
