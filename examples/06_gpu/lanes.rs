//! Which lanes of a warp are at work in each of its instructions, where they part and where not.

use crate::lab::{Lab, STEPS};
use gradus::report::{Align, Drawing, Run, Tint};
use ptx_emulator::{Shape, Step};

const SOURCE: &str = include_str!("steps.cu");
const LANES: usize = 32;
/// A lane's instruction in the drawing.
const WIDE: f64 = 4.7;
const HIGH: f64 = 5.0;
/// Where time begins.
const START: f64 = 58.0;

/// What an instruction is for.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// Before the lanes part, and after.
    All,
    /// The way behind the `if`.
    Odd,
    /// The way behind the `else`.
    Even,
}

pub fn draw(run: &mut Run) {
    let mut drawing = Drawing::new("Who works when lanes part, and when they do not");
    let panels = [(1, "odd and even part"), (64, "all one way")];
    for ((width, words), row) in panels.into_iter().zip(0..) {
        drawing = panel(drawing, &trace(width), words, 226.0 * f64::from(row));
    }
    run.drawing("lanes", &drawing);
}

/// One warp at the branch, two rounds of either way.
fn trace(width: u32) -> Vec<Step> {
    let mut lab = Lab::new(STEPS, None);
    let x = lab.floats("x", &[1.0; LANES]);
    let arguments = [x.into(), width.into(), 2u32.into()];
    let report = lab.trace("part", Shape::row(1, LANES as u32), &arguments);
    assert!(report.findings.is_empty());
    report.trace
}

/// Time goes to the right. A bar is a stretch of instructions that a lane executes.
fn panel(mut drawing: Drawing, steps: &[Step], words: &str, top: f64) -> Drawing {
    let parts = parts(steps);
    let left = |step: usize| START + WIDE * step as f64;
    let title = format!("{words}: {} instructions", steps.len());
    drawing = drawing.word((START, top), &title, Align::Left);
    let first = top + 30.0;
    for lane in [0, LANES - 1] {
        let middle = first + HIGH * (lane as f64 + 0.5);
        drawing =
            drawing.word((START - 6.0, middle), &format!("lane {lane}"), Align::Right);
    }
    let mut begin = 0;
    while begin < steps.len() {
        let same = |step: &usize| {
            parts[*step] == parts[begin] && steps[*step].lanes == steps[begin].lanes
        };
        let end = begin + (begin..steps.len()).take_while(same).count();
        let (tint, name) = match parts[begin] {
            Part::All => (Tint::Plain, "all"),
            Part::Odd => (Tint::Series(1), "if"),
            Part::Even => (Tint::Series(0), "else"),
        };
        let size = (left(end) - left(begin), HIGH - 1.5);
        // The two instructions at the end are too few for a word.
        if end - begin > 4 {
            let middle = left(begin) + size.0 / 2.0;
            drawing = drawing.word((middle, top + 17.0), name, Align::Centre);
        }
        for lane in (0..LANES).filter(|lane| steps[begin].lanes >> lane & 1 == 1) {
            let at = (left(begin), first + HIGH * lane as f64);
            drawing = drawing.cell(at, size, "", tint);
        }
        begin = end;
    }
    drawing
}

/// What each instruction is for, by its line of the source.
fn parts(steps: &[Step]) -> Vec<Part> {
    let branch = SOURCE.lines().position(|line| line.contains("if (threadIdx.x / width"));
    let branch = branch.expect("`part` has a branch") as u32 + 1;
    let line = |step: &Step| step.place.source.as_ref().map_or(0, |source| source.line);
    let mut parts = vec![Part::All; steps.len()];
    for (i, step) in steps.iter().enumerate() {
        // What the compiler adds before a loop has no line: it belongs to what comes next.
        let known = steps[i..].iter().find(|step| line(step) > 0).unwrap_or(step);
        parts[i] = match line(known).checked_sub(branch) {
            Some(1 | 2) => Part::Odd,
            Some(4 | 5) => Part::Even,
            _ => Part::All,
        };
    }
    parts
}
