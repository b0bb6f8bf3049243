//! In which banks a tile lies, by the addresses that the emulator saw, and what a column costs.

use crate::lab::Lab;
use gradus::device::kernels;
use gradus::report::{Align, Drawing, Run, Tint};
use ptx_emulator::types::Type;
use ptx_emulator::{Report, Shape, Step};

const SIZE: usize = 32;
/// A word of the tile in the drawing.
const WORD: f64 = 4.4;
/// Where the tile begins, below its words.
const TOP: f64 = 44.0;
/// The warp whose first read is marked.
const WARP: usize = 5;

pub fn draw(run: &mut Run) {
    let mut drawing = Drawing::new("Where the words of one bank lie, and a column");
    for (version, width, left) in [("tiled", 32, 0.0), ("padded", 33, 156.0)] {
        let report = transpose(version);
        let mut steps = report.trace.iter().filter(|step| !step.shared.is_empty());
        let write = line(steps.clone().next().expect("the tile is filled first"));
        let read = steps.find(|step| step.warp == WARP && line(step) != write);
        let read = read.expect("every warp reads");
        let column = words(read)[0];
        let bank = column % 32;

        drawing = tile(drawing, left, width);
        let steps = report.trace.iter().filter(|step| line(step) == write);
        for word in steps.flat_map(words).filter(|word| word % 32 == bank) {
            let at = place(left, word, width);
            drawing = drawing.cell(at, (WORD, WORD), "", Tint::Series(0));
        }
        drawing = frame(drawing, place(left, column, width));
        let rounds = rounds(&report, read);
        let middle = left + WORD * width as f64 / 2.0;
        for (y, text) in [
            (8.0, format!("rows of {width} words")),
            (TOP + WORD * 32.0 + 18.0, format!("column {column}: {}", counted(rounds))),
        ] {
            drawing = drawing.word((middle, y), &text, Align::Centre);
        }
        run.number(&format!("banks.{version}.rounds"), rounds as f64, 0);
    }
    run.drawing("banks", &drawing);
}

/// One tile, transposed, and everything that happened.
fn transpose(version: &str) -> Report {
    let mut lab = Lab::new(&kernels::TRANSPOSE.ptx, None);
    let from = lab.floats("in", &[1.0; SIZE * SIZE]);
    let to = lab.room("out", Type::F32, SIZE * SIZE);
    let size = SIZE as u64;
    let arguments = [from.into(), to.into(), size.into(), size.into()];
    let shape = Shape { grid: [1, 1, 1], block: [32, 8, 1], shared: 0 };
    let report = lab.trace(&format!("transpose_{version}"), shape, &arguments);
    assert!(report.findings.is_empty());
    report
}

fn line(step: &Step) -> u32 {
    step.place.source.as_ref().map_or(0, |source| source.line)
}

/// The words of shared memory that its lanes read or write.
fn words(step: &Step) -> Vec<usize> {
    step.shared.iter().map(|address| *address as usize / 4).collect()
}

/// The rounds of each of the accesses at this line.
fn rounds(report: &Report, step: &Step) -> u64 {
    let source = step.place.source.as_ref().expect("the PTX knows its lines");
    let counts = report.statistics.lines[&(source.file.to_string(), source.line)];
    counts.shared_wavefronts / counts.shared_requests
}

fn counted(rounds: u64) -> String {
    if rounds == 1 { "1 round".to_string() } else { format!("{rounds} rounds") }
}

/// The upper left corner of a word.
fn place(left: f64, word: usize, width: usize) -> (f64, f64) {
    (left + WORD * (word % width) as f64, TOP + WORD * (word / width) as f64)
}

/// The grid of a tile with rows of `width` words.
fn tile(mut drawing: Drawing, left: f64, width: usize) -> Drawing {
    let (right, bottom) = (left + WORD * width as f64, TOP + WORD * SIZE as f64);
    for i in 0..=width {
        let x = left + WORD * i as f64;
        drawing = drawing.line(&[(x, TOP), (x, bottom)], Tint::Faded);
    }
    for i in 0..=SIZE {
        let y = TOP + WORD * i as f64;
        drawing = drawing.line(&[(left, y), (right, y)], Tint::Faded);
    }
    drawing
}

/// Marks the column that begins at a place.
fn frame(drawing: Drawing, (x, y): (f64, f64)) -> Drawing {
    let (left, right) = (x - 1.5, x + WORD + 1.5);
    let (top, bottom) = (y - 1.5, y + WORD * SIZE as f64 + 1.5);
    let around =
        [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
    let middle = x + WORD / 2.0;
    drawing
        .line(&around, Tint::Series(1))
        .arrow(&[(middle, y - 22.0), (middle, y - 3.0)], Tint::Series(1))
}
