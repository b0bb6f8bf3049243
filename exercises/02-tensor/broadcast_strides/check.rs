//! Checks one part of the rule after the other, then all small shapes against the library.

use crate::{Case, Check};
use gradus::tensor::Array;

/// What the reader writes.
pub struct Answer {
    /// The strides under which the same memory reads as if it had been repeated.
    pub broadcast_strides:
        fn(shape: &[usize], strides: &[usize], wanted: &[usize]) -> Option<Vec<usize>>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    // Shape, strides, the shape that is wanted; the strides, and what others suggest.
    type Try<'a> = (&'a [usize], &'a [usize], &'a [usize], Option<&'a [usize]>, &'a str);
    let tries = |case: &mut Case, tries: &[Try]| {
        for (shape, strides, wanted, expected, otherwise) in tries {
            case.given(format!(
                "shape {shape:?}, strides {strides:?}, wanted {wanted:?}"
            ));
            let got = (answer.broadcast_strides)(shape, strides, wanted);
            case.equal("the strides", got, expected.map(<[_]>::to_vec), otherwise);
        }
    };
    check.case("nothing is repeated", |case| {
        let stays = "an axis whose size stays keeps its stride, whatever that is";
        tries(
            case,
            &[
                (&[2, 3], &[3, 1], &[2, 3], Some(&[3, 1]), stays),
                (&[3, 2], &[1, 3], &[3, 2], Some(&[1, 3]), stays),
                (&[4, 1], &[7, 5], &[4, 1], Some(&[7, 5]), stays),
                (&[], &[], &[], Some(&[]), "no axes, no strides"),
            ],
        );
    });
    check.case("a column is repeated", |case| {
        let zero = "each step along a repeated axis leads to the same place: stride 0";
        tries(
            case,
            &[
                (&[3, 1], &[1, 1], &[3, 4], Some(&[1, 0]), zero),
                (&[2, 1, 3], &[3, 3, 1], &[2, 5, 3], Some(&[3, 0, 1]), zero),
                (&[1, 1], &[1, 1], &[2, 2], Some(&[0, 0]), zero),
            ],
        );
    });
    check.case("a row is repeated", |case| {
        let added = "an axis that is added on the left is a repetition: stride 0";
        tries(
            case,
            &[
                (&[3], &[1], &[2, 3], Some(&[0, 1]), added),
                (&[3], &[4], &[5, 2, 1, 6, 3], Some(&[0, 0, 0, 0, 4]), added),
                (&[], &[], &[2, 2], Some(&[0, 0]), added),
                (&[1], &[6], &[4, 1], Some(&[0, 6]), added),
            ],
        );
    });
    check.case("the example of the statement", |case| {
        tries(case, &[(&[3, 1], &[1, 1], &[2, 3, 4], Some(&[0, 1, 0]), "")]);
    });
    check.case("a size that is not 1", |case| {
        let other = "only an axis of size 1 can be repeated: `None`";
        tries(
            case,
            &[
                (&[3], &[1], &[4], None, other),
                (&[2], &[1], &[4], None, other),
                (&[2, 3], &[3, 1], &[4, 3], None, other),
                (&[2], &[1], &[2, 3], None, "the last axes are aligned: 2 meets 3"),
            ],
        );
    });
    check.case("what is wanted is never repeated", |case| {
        let never = "the array does not shrink: only its own axes are repeated";
        tries(
            case,
            &[
                (&[3], &[1], &[1], None, never),
                (&[2, 3], &[3, 1], &[2, 1], None, never),
                (&[2, 3], &[3, 1], &[3], None, "`wanted` has too few axes: `None`"),
                (&[1, 3], &[3, 1], &[3], None, "`wanted` has too few axes: `None`"),
                (&[1], &[1], &[], None, "`wanted` has too few axes: `None`"),
            ],
        );
    });
    check.case("a size of 0", |case| {
        let zero = "0 is a size like any other: 1 can be repeated 0 times, 2 cannot, and \
                    0 fits only 0";
        tries(
            case,
            &[
                (&[1], &[1], &[0], Some(&[0]), zero),
                (&[0], &[1], &[0], Some(&[1]), zero),
                (&[0], &[1], &[2], None, zero),
                (&[0], &[1], &[1], None, zero),
                (&[2], &[1], &[0], None, zero),
                (&[0, 1], &[1, 1], &[3, 0, 2], Some(&[0, 1, 0]), zero),
            ],
        );
    });
    check.case("all small shapes", |case| {
        let shapes = |rank: usize| {
            let size = move |code: usize, axis: usize| code / 4usize.pow(axis as u32) % 4;
            (0..4usize.pow(rank as u32)).map(move |code| {
                (0..rank).map(|axis| size(code, axis)).collect::<Vec<_>>()
            })
        };
        for shape in (0..3).flat_map(shapes) {
            // Turned, so that the strides are not those of the shape.
            let order: Vec<usize> = (0..shape.len()).rev().collect();
            let turned: Vec<usize> = shape.iter().rev().copied().collect();
            let array = Array::<f64>::zeros(&turned).permute(&order);
            let layout = array.layout();
            for wanted in (0..4).flat_map(shapes) {
                case.given(format!(
                    "shape {shape:?}, strides {:?}, wanted {wanted:?}",
                    layout.strides()
                ));
                let got = (answer.broadcast_strides)(&shape, layout.strides(), &wanted);
                let expected =
                    layout.broadcast_to(&wanted).map(|layout| layout.strides().to_vec());
                case.equal("the strides", got, expected, "");
            }
        }
    });
}
