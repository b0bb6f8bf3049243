//! Checks one part of the rule after the other, each pair in both orders, then all pairs
//! of small shapes against the library.

use crate::{Case, Check};

/// What the reader writes.
pub struct Answer {
    /// The shape that both can be repeated to, if there is one.
    pub broadcast_shape: fn(a: &[usize], b: &[usize]) -> Option<Vec<usize>>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    // Two shapes, their common shape, and what another answer suggests.
    type Try<'a> = (&'a [usize], &'a [usize], Option<&'a [usize]>, &'a str);
    let tries = |case: &mut Case, tries: &[Try]| {
        for (a, b, expected, otherwise) in tries {
            for (a, b) in [(a, b), (b, a)] {
                case.given(format!("the shapes {a:?} and {b:?}"));
                let got = (answer.broadcast_shape)(a, b);
                case.equal(
                    "the common shape",
                    got,
                    expected.map(<[_]>::to_vec),
                    otherwise,
                );
            }
        }
    };
    let right = "the *last* axes are aligned, not the first";
    check.case("equal shapes", |case| {
        tries(case, &[(&[2, 3], &[2, 3], Some(&[2, 3]), "nothing has to be repeated")]);
    });
    check.case("an axis of size 1", |case| {
        let one = "the size 1 is repeated, whichever of the two shapes it stands in";
        tries(
            case,
            &[
                (&[2, 3], &[2, 1], Some(&[2, 3]), one),
                (&[256, 1], &[1, 300], Some(&[256, 300]), one),
            ],
        );
    });
    check.case("fewer axes", |case| {
        tries(
            case,
            &[
                (&[2, 3], &[3], Some(&[2, 3]), right),
                (&[5, 2, 3], &[2, 1], Some(&[5, 2, 3]), right),
                (&[4, 4, 2, 5, 7], &[7], Some(&[4, 4, 2, 5, 7]), right),
            ],
        );
    });
    check.case("sizes that do not fit", |case| {
        let two = "2 and 3 differ, and neither is 1: `None`";
        tries(
            case,
            &[
                (&[2], &[3], None, two),
                (&[2, 5], &[3, 5], None, two),
                (&[2, 4], &[4], Some(&[2, 4]), "the sizes 4 and 4 are equal"),
                (&[2], &[4], None, "4 is a multiple of 2, and does not fit for all that"),
            ],
        );
    });
    check.case("the first axes are not aligned", |case| {
        tries(
            case,
            &[
                (&[2, 3], &[2], None, right),
                (&[5, 2, 3], &[5, 2], None, right),
                (&[2, 1], &[2], Some(&[2, 2]), right),
            ],
        );
    });
    check.case("the example of the statement", |case| {
        tries(case, &[(&[4, 1, 3], &[2, 1], Some(&[4, 2, 3]), right)]);
    });
    check.case("no axes", |case| {
        let number = "a shape without axes fits every shape";
        tries(
            case,
            &[
                (&[], &[], Some(&[]), number),
                (&[], &[2, 3], Some(&[2, 3]), number),
                (&[], &[1], Some(&[1]), number),
            ],
        );
    });
    check.case("a size of 0", |case| {
        let zero = "0 is a size like any other: 1 gives way to it, and 2 does not fit it";
        tries(
            case,
            &[
                (&[1], &[0], Some(&[0]), zero),
                (&[0], &[0], Some(&[0]), zero),
                (&[2], &[0], None, zero),
                (&[], &[0], Some(&[0]), zero),
                (&[3, 1], &[1, 0], Some(&[3, 0]), zero),
                (&[3, 0], &[4, 3, 1], Some(&[4, 3, 0]), zero),
            ],
        );
    });
    check.case("all pairs of small shapes", |case| {
        let mut shapes = vec![vec![]];
        for rank in 0..3 {
            for size in [0, 1, 2, 3] {
                let longer = |shape: &Vec<usize>| [&[size][..], shape].concat();
                let of_rank = shapes.iter().filter(|shape| shape.len() == rank);
                let longer: Vec<_> = of_rank.map(longer).collect();
                shapes.extend(longer);
            }
        }
        for a in &shapes {
            for b in &shapes {
                case.given(format!("the shapes {a:?} and {b:?}"));
                let expected = gradus::tensor::broadcast_shape(a, b);
                let got = (answer.broadcast_shape)(a, b);
                case.equal("the common shape", got, expected, "");
            }
        }
    });
}
