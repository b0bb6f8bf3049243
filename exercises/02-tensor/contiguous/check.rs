//! Checks small arrays worked out by hand, then arrays with up to five axes, turned, cut
//! and repeated, against the library.

use crate::{Case, Check};
use gradus::tensor::Array;

/// What the reader writes.
pub struct Answer {
    /// All elements, row after row.
    pub contiguous:
        fn(memory: &[f64], shape: &[usize], strides: &[usize], offset: usize) -> Vec<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let memory = [10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0];
    // Shape, strides, offset; what it should be.
    type Try<'a> = (&'a [usize], &'a [usize], usize, &'a [f64]);
    let tries = |case: &mut Case, tries: &[Try]| {
        for (shape, strides, offset, expected) in tries {
            case.given(format!(
                "memory [10, 11, …, 17], shape {shape:?}, strides {strides:?}, offset {offset}"
            ));
            let got = (answer.contiguous)(&memory, shape, strides, *offset);
            let mut expectation = case.numbers("the elements", &got[..], expected);
            let size: usize = shape.iter().product();
            if let Some(straight) = memory.get(*offset..offset + size) {
                expectation = expectation.mistake(
                    straight.to_vec(),
                    "the memory as it lies: follow the strides",
                );
            }
            expectation
                .mistake(
                    memory[..size].to_vec(),
                    "the memory as it lies, from its beginning: follow the strides, from \
                     `offset` on",
                )
                .mistake(
                    read(&memory, shape, strides, 0),
                    "the offset is ignored: the element at [0, 0, …] lies there",
                )
                .mistake(
                    first_index_fastest(&memory, shape, strides, *offset),
                    "the first index runs fastest here: it must be the last",
                )
                .verify();
        }
    };
    check.case("row after row already", |case| {
        tries(case, &[(&[2, 3], &[3, 1], 0, &[10.0, 11.0, 12.0, 13.0, 14.0, 15.0])]);
    });
    check.case("a turned matrix", |case| {
        tries(
            case,
            &[
                (&[3, 2], &[1, 3], 0, &[10.0, 13.0, 11.0, 14.0, 12.0, 15.0]),
                (&[2, 3], &[1, 2], 0, &[10.0, 12.0, 14.0, 11.0, 13.0, 15.0]),
            ],
        );
    });
    check.case("a piece from the middle", |case| {
        tries(
            case,
            &[
                (&[2, 2], &[4, 1], 1, &[11.0, 12.0, 15.0, 16.0]),
                (&[3], &[2], 3, &[13.0, 15.0, 17.0]),
                (&[3], &[1], 5, &[15.0, 16.0, 17.0]),
            ],
        );
    });
    check.case("rows and columns that repeat or overlap", |case| {
        tries(
            case,
            &[
                (&[3, 2], &[0, 1], 4, &[14.0, 15.0, 14.0, 15.0, 14.0, 15.0]),
                (&[2, 3], &[1, 0], 4, &[14.0, 14.0, 14.0, 15.0, 15.0, 15.0]),
                (&[2, 4], &[1, 1], 0, &[10.0, 11.0, 12.0, 13.0, 11.0, 12.0, 13.0, 14.0]),
            ],
        );
    });
    check.case("three axes", |case| {
        tries(
            case,
            &[
                (
                    &[2, 2, 2],
                    &[1, 4, 2],
                    0,
                    &[10.0, 12.0, 14.0, 16.0, 11.0, 13.0, 15.0, 17.0],
                ),
                // The first and the last stride are those of an array in order.
                (
                    &[2, 2, 2],
                    &[4, 0, 1],
                    0,
                    &[10.0, 11.0, 10.0, 11.0, 14.0, 15.0, 14.0, 15.0],
                ),
            ],
        );
    });
    check.case("an array without axes", |case| tries(case, &[(&[], &[], 3, &[13.0])]));
    check.case("an axis of size 0", |case| {
        for (memory, shape, strides, offset) in [
            (&[][..], &[2, 0][..], &[0, 1][..], 0),
            (&[], &[0, 2], &[2, 1], 3),
            (&[7.0], &[2, 0, 3], &[0, 3, 1], 0),
        ] {
            case.given(format!(
                "memory {memory:?}, shape {shape:?}, strides {strides:?}, offset {offset}"
            ));
            let got = (answer.contiguous)(memory, shape, strides, offset);
            case.equal("the elements", got, vec![], "there is no element to read");
        }
    });
    check.case("many axes, turned, cut and repeated", |case| {
        let whole = Array::from_fn(&[4, 3, 2, 5, 3], |i| (7 * i % 367) as f64 / 10.0);
        let column = Array::from_fn(&[4, 1], |i| i as f64);
        let views = [
            whole.permute(&[3, 1, 4, 0, 2]),
            whole.slice(0, 1..4).slice(3, 2..5).transpose(1, 4),
            whole.slice(2, 1..2),
            column.broadcast_to(&[3, 4, 5]),
            column.broadcast_to(&[3, 4, 5]).transpose(0, 2).slice(1, 1..3),
        ];
        for view in views {
            let layout = view.layout();
            case.given(format!(
                "{} numbers of memory, shape {:?}, strides {:?}, offset {}",
                view.storage().len(),
                layout.shape(),
                layout.strides(),
                layout.offset()
            ));
            let got = (answer.contiguous)(
                view.storage(),
                layout.shape(),
                layout.strides(),
                layout.offset(),
            );
            case.numbers("the elements", &got, &view.to_vec()).verify();
        }
    });
}

/// All elements from `offset` on, row after row.
fn read(memory: &[f64], shape: &[usize], strides: &[usize], offset: usize) -> Vec<f64> {
    match shape {
        [] => vec![memory[offset]],
        [size, inner @ ..] => (0..*size)
            .flat_map(|i| read(memory, inner, &strides[1..], offset + i * strides[0]))
            .collect(),
    }
}

/// All elements, if the first index ran fastest.
fn first_index_fastest(
    memory: &[f64],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
) -> Vec<f64> {
    let turned = |list: &[usize]| list.iter().rev().copied().collect::<Vec<_>>();
    read(memory, &turned(shape), &turned(strides), offset)
}
