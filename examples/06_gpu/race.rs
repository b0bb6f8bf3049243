//! Two accesses that race, in the order in which the emulator came to them.

use crate::lab::{FAULTS, Lab};
use gradus::report::{Align, Drawing, Run, Tint};
use ptx_emulator::parse::Place;
use ptx_emulator::types::Type;
use ptx_emulator::{Kind, Shape, Step, Thread};

const THREADS: usize = 128;
/// The size of an access in the drawing.
const SIZE: (f64, f64) = (136.0, 40.0);
/// From one thread to the other, and from one access to the next.
const STEP: (f64, f64) = (168.0, 64.0);
const TOP: f64 = 34.0;

pub fn draw(run: &mut Run) {
    let mut lab = Lab::new(FAULTS, None);
    let from = lab.floats("in", &[1.0; THREADS]);
    let to = lab.room("out", Type::F32, 1);
    let arguments = [from.into(), to.into(), (THREADS as u32).into()];
    let report = lab.trace("no_barrier", Shape::row(1, THREADS as u32), &arguments);
    let race = report.find(Kind::Race).expect("a barrier is missing");
    let earlier = race.other.as_ref().expect("two accesses race");
    let element = race.element.as_ref().expect("they race for an element");
    assert!(!earlier.writes, "the one reads before the other has written");

    // Both threads run the same lines: the reader has written a number of its own before.
    let (reader, writer) = (number(&earlier.thread), number(&race.thread));
    assert_eq!(element.index, writer as i64);
    let accesses = [
        (reader, "writes", reader, &race.place),
        (reader, "reads", writer, &earlier.place),
        (writer, "writes", writer, &race.place),
    ];
    let moments =
        accesses.map(|(thread, _, _, place)| moment(&report.trace, place, thread));
    assert!(moments.is_sorted(), "{moments:?}");

    let left = |thread: usize| if thread == reader { 0.0 } else { STEP.0 };
    let top = |row: usize| TOP + STEP.1 * row as f64;
    let mut drawing = Drawing::new("A race, in the order in which it came to pass");
    let end = top(3) - 12.0;
    for thread in [reader, writer] {
        let middle = left(thread) + SIZE.0 / 2.0;
        drawing = drawing.word((middle, 8.0), &format!("thread {thread}"), Align::Centre);
        // Its life, from access to access.
        let mut from = TOP - 16.0;
        for row in (0..accesses.len()).filter(|row| accesses[*row].0 == thread) {
            drawing = drawing.line(&[(middle, from), (middle, top(row))], Tint::Faded);
            from = top(row) + SIZE.1;
        }
        drawing = drawing.line(&[(middle, from), (middle, end)], Tint::Faded);
    }
    // What the barrier would part: all that stands before it, of every thread, comes first.
    let begin = top(1) - 12.0;
    let barrier = [(0.0, begin), (SIZE.0, begin), (STEP.0, end), (STEP.0 + SIZE.0, end)];
    drawing = drawing.line(&barrier, Tint::Series(1)).word(
        (STEP.0 + SIZE.0, end + 14.0),
        "the missing __syncthreads()",
        Align::Right,
    );
    for (row, (thread, does, index, place)) in accesses.into_iter().enumerate() {
        let line = place.source.as_ref().map_or(0, |source| source.line);
        let text = format!(
            "line {line}, step {}\n{does} {}[{index}]",
            moments[row], element.buffer
        );
        let tint = if row == 0 { Tint::Plain } else { Tint::Series(0) };
        drawing = drawing.cell((left(thread), top(row)), SIZE, &text, tint);
    }
    run.drawing("race", &drawing);
}

fn number(thread: &Thread) -> usize {
    thread.thread[0] as usize
}

/// Which of the block's instructions it was, from 1, when this thread first came to a place.
fn moment(trace: &[Step], place: &Place, thread: usize) -> usize {
    let here = |step: &Step| {
        step.place == *place
            && step.warp == thread / 32
            && step.active >> (thread % 32) & 1 == 1
    };
    1 + trace.iter().position(here).expect("the thread came there")
}
