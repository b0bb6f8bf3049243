//! Checks sums worked out by hand, then turned, cut and repeated arrays against the
//! library.

use crate::{Case, Check};
use gradus::tensor::Array;

/// What the reader writes.
pub struct Answer {
    /// The sums along `axis`, row after row of the other axes.
    pub reduce_axis: fn(
        memory: &[f64],
        shape: &[usize],
        strides: &[usize],
        offset: usize,
        axis: usize,
    ) -> Vec<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let memory = [1.0, 2.0, 3.0, 10.0, 20.0, 30.0, 100.0, 200.0];
    let rows = Array::new(memory[..6].to_vec(), &[2, 3]);
    check.case("a matrix", |case| {
        expect(case, answer, &rows, 1, &[6.0, 60.0]);
        expect(case, answer, &rows, 0, &[11.0, 22.0, 33.0]);
    });
    check.case("a turned matrix", |case| {
        let turned = rows.transpose(0, 1);
        expect(case, answer, &turned, 1, &[11.0, 22.0, 33.0]);
        expect(case, answer, &turned, 0, &[6.0, 60.0]);
    });
    check.case("a piece from the middle", |case| {
        let piece = Array::new(memory.to_vec(), &[2, 4]).slice(1, 1..3);
        expect(case, answer, &piece, 1, &[5.0, 130.0]);
        expect(case, answer, &piece, 0, &[32.0, 103.0]);
        let last = Array::new(memory.to_vec(), &[4, 2]).slice(0, 2..4);
        expect(case, answer, &last, 0, &[120.0, 230.0]);
    });
    check.case("three axes", |case| {
        let cube = Array::new(memory.to_vec(), &[2, 2, 2]);
        expect(case, answer, &cube, 0, &[21.0, 32.0, 103.0, 210.0]);
        expect(case, answer, &cube, 1, &[4.0, 12.0, 120.0, 230.0]);
        expect(case, answer, &cube, 2, &[3.0, 13.0, 50.0, 300.0]);
    });
    check.case("a vector", |case| {
        let vector = Array::new(memory[..4].to_vec(), &[4]);
        expect(case, answer, &vector, 0, &[16.0]);
        expect(case, answer, &vector.slice(0, 2..3), 0, &[3.0]);
    });
    check.case("an axis of size 1", |case| {
        expect(case, answer, &rows.slice(0, 1..2), 0, &[10.0, 20.0, 30.0]);
        expect(case, answer, &rows.slice(1, 2..3), 1, &[3.0, 30.0]);
    });
    check.case("a repeated axis counts as often as it is read", |case| {
        let row = Array::new(vec![2.0, 5.0], &[2]).broadcast_to(&[3, 2]);
        expect(case, answer, &row, 0, &[6.0, 15.0]);
        expect(case, answer, &row, 1, &[7.0, 7.0, 7.0]);
    });
    check.case("an axis of size 0", |case| {
        expect(case, answer, &Array::zeros(&[2, 0]), 1, &[0.0, 0.0]);
        expect(case, answer, &Array::zeros(&[0, 3]), 0, &[0.0, 0.0, 0.0]);
        expect(case, answer, &Array::zeros(&[0]), 0, &[0.0]);
        expect(case, answer, &Array::zeros(&[0, 3]), 1, &[]);
        expect(case, answer, &Array::zeros(&[0, 0]), 1, &[]);
        // Here there is memory all the same; and here the offset lies behind its end.
        let none = Array::new(memory.to_vec(), &[2, 4]).slice(1, 2..2);
        expect(case, answer, &none, 1, &[0.0, 0.0]);
        expect(case, answer, &Array::zeros(&[0, 3]).slice(1, 2..3), 0, &[0.0]);
    });
    check.case("many axes, turned, cut and repeated", |case| {
        let whole = Array::from_fn(&[3, 2, 5, 2, 3], |i| (7 * i % 113) as f64 / 10.0);
        let column = Array::from_fn(&[4, 1], |i| i as f64 - 1.5);
        let views = [
            whole.clone(),
            whole.permute(&[3, 1, 4, 0, 2]),
            whole.slice(0, 1..3).slice(2, 2..5).transpose(1, 4),
            column.broadcast_to(&[2, 4, 3]).transpose(0, 2),
        ];
        for view in views {
            for axis in 0..view.rank() {
                expect(case, answer, &view, axis, &view.sum(&[axis]).to_vec());
            }
        }
    });
}

/// Expects these sums.
fn expect(
    case: &mut Case,
    answer: &Answer,
    array: &Array<f64>,
    axis: usize,
    sums: &[f64],
) {
    let (layout, memory) = (array.layout(), array.storage());
    let (shape, strides) = (layout.shape(), layout.strides());
    let numbers = match memory.len() {
        0..=8 => format!("memory {memory:?}"),
        many => format!("{many} numbers of memory"),
    };
    case.given(format!(
        "{numbers}, shape {shape:?}, strides {strides:?}, offset {}, axis {axis}",
        layout.offset()
    ));
    let got = (answer.reduce_axis)(memory, shape, strides, layout.offset(), axis);
    let mut expectation = case.numbers("the sums", &got[..], sums);
    if array.size() == 0 && memory.len() == 8 {
        // What is read at the beginning of each sum.
        expectation = expectation.mistake(
            vec![memory[0], memory[4]],
            "a sum begins at 0, not with a first element: here there is none",
        );
    }
    if array.size() > 0 {
        let others: Vec<usize> =
            (0..array.rank()).filter(|other| *other != axis).collect();
        expectation = expectation
            .mistake(
                array.sum(&others).to_vec(),
                "these are the sums over the *other* axes: `axis` is the one that is added \
                 up, and that is gone",
            )
            .mistake(
                array.slice(axis, shape[axis] - 1..shape[axis]).to_vec(),
                match strides[axis] {
                    0 => "an element that is repeated counts as often as it is read",
                    _ => "only the last element of each sum is there: is `+=` an `=`?",
                },
            );
        if memory.len() >= array.size() {
            let straight = Array::new(memory[..array.size()].to_vec(), shape);
            expectation = expectation.mistake(
                straight.sum(&[axis]).to_vec(),
                "the memory is read row after row from its beginning: follow strides and \
                 offset",
            );
        }
        let from_the_beginning = |k: usize| {
            let places = array.layout().clone();
            let mut rest = k;
            let mut place = 0;
            for a in (0..places.rank()).rev() {
                place += rest % places.shape()[a] * places.strides()[a];
                rest /= places.shape()[a];
            }
            memory[place]
        };
        let unmoved = Array::from_fn(shape, from_the_beginning);
        expectation = expectation.mistake(
            unmoved.sum(&[axis]).to_vec(),
            "the offset is ignored: the element at [0, 0, …] lies there",
        );
    }
    expectation.verify();
}
