//! Memory, and arrays that read it: drawn from shape, strides and offset of real arrays.

use gradus::report::{Align, Drawing, Run, Tint};
use gradus::tensor::Array;

/// A cell of memory is so wide and high, and a cell of an array.
const PLACE: (f64, f64) = (44.0, 30.0);
const ELEMENT: (f64, f64) = (64.0, 42.0);

pub fn draw(run: &mut Run) {
    let matrix = Array::from_fn(&[3, 4], |k| (10 * (k / 4 + 1) + k % 4 + 1) as f64);
    let turned = matrix.transpose(0, 1);
    run.drawing("memory", &picture("A matrix and its memory", &matrix));
    run.drawing("transpose", &picture("Its transpose, in the same memory", &turned));
    let piece = matrix.slice(0, 1..3).slice(1, 1..3);
    run.drawing("slice", &picture("A piece of it, in the same memory", &piece));
    let row = Array::from_fn(&[4], |k| (k + 1) as f64);
    let rows = row.broadcast_to(&[3, 4]);
    run.drawing("broadcast", &picture("A row of four, read three times", &rows));
    let flat = turned.reshape(&[12]);
    run.drawing("copy", &copied("Flattening the transpose copies it", &turned, &flat));
    run.drawing("lines", &lines());
}

/// The memory of an array above, the array below; the steps to the first neighbours as
/// hops from place to place.
fn picture(title: &str, array: &Array<f64>) -> Drawing {
    let layout = array.layout();
    let (shape, strides, offset) = (layout.shape(), layout.strides(), layout.offset());
    let read = every_index(shape).map(|(i, j)| layout.position(&[i, j]));
    let mut drawing =
        memory(Drawing::new(title), array.storage(), &read.collect::<Vec<_>>(), 0.0);
    for (axis, stride) in strides.iter().enumerate() {
        // Below the memory; the inner axis closer to it.
        let depth = PLACE.1 + 16.0 + 20.0 * (1 - axis) as f64;
        let (from, to) = (middle(offset), middle(offset + stride));
        let (from, to) = if *stride == 0 { (from - 9.0, to + 9.0) } else { (from, to) };
        let from = if axis == 0 { from - 4.0 } else { from + 4.0 };
        let hop = [(from, PLACE.1), (from, depth), (to, depth), (to, PLACE.1 + 2.0)];
        let word = format!("axis {axis}: stride {stride}");
        drawing = drawing.arrow(&hop, Tint::Series(axis)).word(
            (to.max(from) + 8.0, depth),
            &word,
            Align::Left,
        );
    }
    let top = PLACE.1 + 66.0;
    for (i, j) in every_index(shape) {
        let place = layout.position(&[i, j]);
        let at = (60.0 + j as f64 * ELEMENT.0, top + i as f64 * ELEMENT.1);
        let text = format!("{}\nplace {place}", array.at(&[i, j]));
        let tint = if (i, j) == (0, 0) { Tint::Series(2) } else { Tint::Plain };
        drawing = drawing.cell(at, ELEMENT, &text, tint);
    }
    let words = [
        format!("shape {shape:?}"),
        format!("strides {strides:?}"),
        format!("offset {offset}"),
    ];
    for (line, word) in words.iter().enumerate() {
        let x = 60.0 + shape[1] as f64 * ELEMENT.0 + 20.0;
        drawing = drawing.word((x, top + 14.0 + 20.0 * line as f64), word, Align::Left);
    }
    drawing
}

/// Cells of memory with their places above; those that nobody reads stand back.
fn memory(mut drawing: Drawing, values: &[f64], read: &[usize], top: f64) -> Drawing {
    for (place, value) in values.iter().enumerate() {
        let tint = match read.first() {
            Some(first) if *first == place => Tint::Series(2),
            _ if read.contains(&place) => Tint::Plain,
            _ => Tint::Faded,
        };
        let at = (place as f64 * PLACE.0, top);
        drawing = drawing
            .word((middle(place), top - 10.0), &place.to_string(), Align::Centre)
            .cell(at, PLACE, &value.to_string(), tint);
    }
    drawing
}

/// Two memories, and an arrow for every element that was copied from one to the other.
fn copied(title: &str, from: &Array<f64>, to: &Array<f64>) -> Drawing {
    let below = 130.0;
    let mut drawing = Drawing::new(title);
    let places = every_index(from.shape()).map(|(i, j)| from.layout().position(&[i, j]));
    let places: Vec<usize> = places.collect();
    for (k, place) in places.iter().enumerate() {
        let steps = [(middle(*place), PLACE.1), (middle(k), below - 20.0)];
        drawing = drawing.arrow(&steps, Tint::Series(k / from.shape()[1]));
    }
    drawing = memory(drawing, from.storage(), &places, 0.0);
    let all: Vec<usize> = (0..to.size()).collect();
    memory(drawing, to.storage(), &all, below)
}

/// A matrix whose rows are as long as a cache line: what is fetched for a row, and for a
/// column.
fn lines() -> Drawing {
    let matrix = Array::from_fn(&[6, 16], |k| k as f32);
    let line = |place: usize| place * size_of::<f32>() / 64;
    let size = (32.0, 24.0);
    let mut drawing =
        Drawing::new("Six rows of sixteen 32-bit numbers, a cache line each");
    for i in 0..6 {
        let first = line(matrix.layout().position(&[i, 0]));
        let y = i as f64 * (size.1 + 6.0);
        drawing = drawing.word((0.0, y + 12.0), &format!("line {first}"), Align::Right);
        for j in 0..16 {
            let tint = match (i, j) {
                (1, _) => Tint::Series(0),
                (_, 4) => Tint::Series(1),
                _ => Tint::Plain,
            };
            let place = matrix.layout().position(&[i, j]);
            let at = (12.0 + j as f64 * size.0, y);
            drawing = drawing.cell(at, size, &place.to_string(), tint);
        }
    }
    drawing
}

/// Row and column of every element of a matrix, row after row.
fn every_index(shape: &[usize]) -> impl Iterator<Item = (usize, usize)> + use<> {
    let [m, n] = [shape[0], shape[1]];
    (0..m).flat_map(move |i| (0..n).map(move |j| (i, j)))
}

/// The middle of a cell of memory.
fn middle(place: usize) -> f64 {
    (place as f64 + 0.5) * PLACE.0
}
