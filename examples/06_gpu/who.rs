//! Ten elements, two blocks of four threads: who takes what, as the threads wrote it down.

use crate::lab::{Lab, STEPS};
use gradus::report::{Align, Drawing, Run, Tint};
use ptx_emulator::Shape;
use ptx_emulator::types::Type;

const COUNT: usize = 10;
const BLOCKS: u32 = 2;
const THREADS: u32 = 4;
/// The size of an element's cell.
const CELL: f64 = 46.0;

pub fn draw(run: &mut Run) {
    let mut lab = Lab::new(STEPS, None);
    let [block, thread, round] =
        ["block", "thread", "round"].map(|name| lab.room(name, Type::U32, COUNT));
    let arguments = [block.into(), thread.into(), round.into(), (COUNT as u64).into()];
    lab.counts("who_takes", Shape::row(BLOCKS, THREADS), &arguments);
    let [block, thread, round] = [block, thread, round].map(|record| lab.words(record));

    let mut drawing = Drawing::new("Which thread takes which of ten elements")
        .word((74.0, 14.0), "element", Align::Right)
        .word((74.0, 14.0 + CELL), "taken by", Align::Right);
    for i in 0..COUNT {
        let left = 84.0 + CELL * i as f64;
        let tint = Tint::Series(block[i] as usize);
        drawing =
            drawing.word((left + CELL / 2.0, 14.0), &i.to_string(), Align::Centre).cell(
                (left, 32.0),
                (CELL, 56.0),
                &format!("b {}\nt {}\nr {}", block[i], thread[i], round[i]),
                tint,
            );
    }
    run.drawing("who", &drawing);
    let again = round.iter().filter(|round| **round > 0).count();
    run.number("who.again", again as f64, 0);
}
