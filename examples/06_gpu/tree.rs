//! Eight numbers become one: what shared memory holds after each step, as the kernel kept it.

use crate::lab::{Lab, STEPS};
use gradus::report::{Align, Drawing, Run, Tint};
use ptx_emulator::Shape;
use ptx_emulator::types::Type;

const NUMBERS: [f32; 8] = [3.0, 1.0, 7.0, 0.0, 4.0, 1.0, 6.0, 3.0];
const SIZE: (f64, f64) = (46.0, 28.0);
/// From one step to the next.
const DOWN: f64 = 64.0;

pub fn draw(run: &mut Run) {
    let n = NUMBERS.len();
    let rows = n.ilog2() as usize + 1;
    let mut lab = Lab::new(STEPS, None);
    let from = lab.floats("in", &NUMBERS);
    let kept = lab.room("kept", Type::F32, rows * n);
    lab.counts("tree", Shape::row(1, n as u32), &[from.into(), kept.into()]);
    let kept = lab.numbers(kept);

    let place = |row: usize, t: usize| (70.0 + 52.0 * t as f64, DOWN * row as f64);
    let mut drawing = Drawing::new("Eight numbers are added up in three steps");
    for row in 0..rows {
        // Only the first `live` numbers are still read after this step.
        let live = n >> row;
        let word = if row == 0 { "at first".to_string() } else { format!("step {row}") };
        drawing = drawing.word((60.0, place(row, 0).1 + 14.0), &word, Align::Right);
        for t in 0..n {
            let tint = match (row, t < live) {
                (0, _) => Tint::Plain,
                (_, true) => Tint::Series(0),
                (_, false) => Tint::Faded,
            };
            let text = kept[row * n + t].to_string();
            drawing = drawing.cell(place(row, t), SIZE, &text, tint);
        }
        if row == 0 {
            continue;
        }
        for t in 0..live {
            for from in [t, t + live] {
                let ((x, y), (to, under)) = (place(row - 1, from), place(row, t));
                let middle = SIZE.0 / 2.0;
                let ends = [(x + middle, y + SIZE.1), (to + middle, under)];
                drawing = drawing.arrow(&ends, Tint::Series(0));
            }
        }
    }
    run.drawing("tree", &drawing);
    run.number("tree.sum", f64::from(kept[(rows - 1) * n]), 0);
}
