//! Checks one element at a time, under every kind of strides, then every index around a
//! small array, inside and outside.

use crate::{Case, Check};
use gradus::tensor::Array;

/// What the reader writes.
pub struct Answer {
    /// The element at `index`, if there is one.
    pub element_at: fn(
        memory: &[f64],
        shape: &[usize],
        strides: &[usize],
        offset: usize,
        index: &[usize],
    ) -> Option<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let memory: Vec<f64> = (10..22).map(f64::from).collect();
    // Shape, strides, offset, index; what is there, and what another answer suggests.
    type Try<'a> = (&'a [usize], &'a [usize], usize, &'a [usize], Option<f64>, &'a str);
    let tries = |case: &mut Case, tries: &[Try]| {
        for (shape, strides, offset, index, expected, otherwise) in tries {
            case.given(format!(
                "memory [10, 11, …, 21], shape {shape:?}, strides {strides:?}, offset \
                 {offset}, index {index:?}"
            ));
            let got = (answer.element_at)(&memory, shape, strides, *offset, index);
            case.equal("the element", got, *expected, otherwise);
        }
    };
    check.case("row after row", |case| {
        let steps = "1 step of 3 places and 2 of 1: place 5";
        tries(
            case,
            &[
                (&[2, 3], &[3, 1], 0, &[1, 2], Some(15.0), steps),
                (&[2, 3], &[3, 1], 0, &[0, 0], Some(10.0), "no steps: place 0"),
                (
                    &[2, 2, 3],
                    &[6, 3, 1],
                    0,
                    &[1, 0, 2],
                    Some(18.0),
                    "6 and 2 places: place 8",
                ),
            ],
        );
    });
    check.case("columns that lie where rows would", |case| {
        let strides = "the *strides* say how far a step goes, not the shape";
        tries(
            case,
            &[
                (&[3, 4], &[1, 3], 0, &[2, 1], Some(15.0), strides),
                (&[2, 2], &[5, 2], 0, &[1, 1], Some(17.0), strides),
            ],
        );
    });
    check.case("an array that begins later", |case| {
        let offset = "the element at [0, 0] lies at `offset`";
        tries(
            case,
            &[
                (&[2, 2], &[4, 1], 5, &[0, 0], Some(15.0), offset),
                (&[2, 2], &[4, 1], 5, &[1, 1], Some(20.0), offset),
            ],
        );
    });
    check.case("a stride of 0 reads the same place again", |case| {
        let zero = "3 steps of 0 places lead nowhere";
        tries(case, &[(&[4, 2], &[0, 1], 6, &[3, 1], Some(17.0), zero)]);
    });
    check.case("an array without axes", |case| {
        let one = "it has one element, and its index is empty";
        tries(case, &[(&[], &[], 4, &[], Some(14.0), one)]);
    });
    check.case("outside of an axis, inside the memory", |case| {
        let axis = "this index leaves its axis, although the memory goes on: each number \
                    must be less than the size of its own axis";
        tries(
            case,
            &[
                (&[2, 3], &[3, 1], 0, &[0, 3], None, axis),
                (&[2, 3], &[3, 1], 0, &[2, 0], None, axis),
                (&[3, 4], &[1, 3], 0, &[3, 0], None, axis),
                (&[4, 2], &[0, 1], 6, &[4, 0], None, axis),
            ],
        );
    });
    check.case("outside of the memory", |case| {
        let panic = "there is no such element: `None`";
        tries(
            case,
            &[
                (&[3, 4], &[4, 1], 0, &[3, 3], None, panic),
                (&[3, 4], &[4, 1], 0, &[usize::MAX, 0], None, panic),
            ],
        );
    });
    check.case("another number of axes", |case| {
        let rank = "an index has one number for each axis, and `zip` ends with the \
                    shorter list";
        tries(
            case,
            &[
                (&[2, 3], &[3, 1], 0, &[1], None, rank),
                (&[2, 3], &[3, 1], 0, &[1, 1, 0], None, rank),
                (&[2, 3], &[3, 1], 0, &[], None, rank),
                (&[], &[], 4, &[0], None, rank),
            ],
        );
    });
    check.case("an axis of size 0", |case| {
        let none = "an axis of size 0 has no index";
        tries(
            case,
            &[
                (&[2, 0], &[0, 1], 0, &[0, 0], None, none),
                (&[0], &[1], 0, &[0], None, none),
            ],
        );
        case.given("memory [], shape [0, 2], strides [2, 1], offset 0, index [0, 1]");
        let got = (answer.element_at)(&[], &[0, 2], &[2, 1], 0, &[0, 1]);
        case.equal("the element", got, None, none);
    });
    check.case("every index of a turned and cut array", |case| {
        let whole = Array::from_fn(&[4, 3, 5], |i| (7 * i % 61) as f64 / 10.0);
        let view = whole.permute(&[2, 0, 1]).slice(0, 1..4).slice(2, 1..3);
        let (layout, shape) = (view.layout(), view.shape());
        for i in 0..=shape[0] {
            for j in 0..=shape[1] {
                for k in 0..=shape[2] {
                    let index = [i, j, k];
                    case.given(format!(
                        "60 numbers of memory, shape {shape:?}, strides {:?}, offset {}, \
                         index {index:?}",
                        layout.strides(),
                        layout.offset()
                    ));
                    let inside = (0..3).all(|axis| index[axis] < shape[axis]);
                    let got = (answer.element_at)(
                        view.storage(),
                        shape,
                        layout.strides(),
                        layout.offset(),
                        &index,
                    );
                    let expected = inside.then(|| view.at(&index));
                    case.equal("the element", got, expected, "");
                }
            }
        }
    });
}
