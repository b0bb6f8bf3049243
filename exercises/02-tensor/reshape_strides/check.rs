//! Checks what the strides *do*: the places that they lead to, row after row. By hand
//! first, then many views of an array against the library.

use crate::{Case, Check};
use gradus::tensor::Array;

/// What the reader writes.
pub struct Answer {
    /// The strides under which the same memory reads as `wanted`, if there are any.
    pub reshape_strides:
        fn(shape: &[usize], strides: &[usize], wanted: &[usize]) -> Option<Vec<usize>>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    // Shape, strides, the shape that is wanted; whether strides can say it, and what
    // another answer suggests.
    type Try<'a> = (&'a [usize], &'a [usize], &'a [usize], bool, &'a str);
    let tries = |case: &mut Case, tries: &[Try]| {
        for (shape, strides, wanted, possible, otherwise) in tries {
            given(case, shape, strides, wanted);
            let got = (answer.reshape_strides)(shape, strides, wanted);
            expect(case, (shape, strides, wanted), got, *possible, otherwise);
        }
    };
    check.case("row after row", |case| {
        let any =
            "without gaps every shape is possible: the strides are those of the shape";
        tries(
            case,
            &[
                (&[2, 3], &[3, 1], &[6], true, any),
                (&[6], &[1], &[2, 3], true, any),
                (&[4, 6], &[6, 1], &[3, 8], true, any),
                (&[2, 2, 3, 2], &[12, 6, 2, 1], &[3, 8], true, any),
            ],
        );
    });
    check.case("an axis is cut", |case| {
        let cut = "to cut an axis is always possible: its right part keeps the stride";
        tries(
            case,
            &[
                (&[2, 6], &[10, 1], &[2, 2, 3], true, cut),
                (&[6, 2], &[1, 6], &[3, 2, 2], true, cut),
                (&[12], &[5], &[3, 4], true, cut),
                (&[4, 3], &[0, 1], &[2, 2, 3], true, cut),
            ],
        );
    });
    check.case("axes with a gap cannot be joined", |case| {
        let gap = "after the last element of a row comes a gap: no stride leads over it, and \
                   none leads past it";
        tries(
            case,
            &[
                (&[2, 6], &[10, 1], &[12], false, gap),
                (&[2, 6], &[10, 1], &[4, 3], false, gap),
                (&[2, 6], &[10, 1], &[3, 4], false, gap),
                (&[2, 6], &[10, 1], &[6, 2], false, gap),
                (&[4, 6], &[10, 1], &[2, 12], false, gap),
            ],
        );
    });
    check.case("a turned matrix cannot be flattened", |case| {
        let turned = "the next row begins before the last one ended: these strides would \
                      read another order";
        tries(
            case,
            &[
                (&[3, 2], &[1, 3], &[6], false, turned),
                (&[3, 2], &[1, 3], &[2, 3], false, turned),
                (&[4, 4], &[1, 4], &[2, 8], false, turned),
            ],
        );
    });
    check.case("axes that lie like one are joined", |case| {
        let joined = "where the outer stride is inner size · inner stride, the two axes lie \
                      like one";
        tries(
            case,
            &[
                (&[5, 2, 3], &[9, 3, 1], &[5, 6], true, joined),
                (&[2, 3, 5], &[3, 1, 6], &[6, 5], true, joined),
                (&[2, 3], &[6, 2], &[6], true, joined),
                (&[4, 2, 3], &[0, 0, 0], &[24], true, joined),
                (&[2, 2, 3, 4], &[24, 4, 8, 1], &[2, 2, 12], false, "8 is not 4 · 1 here"),
            ],
        );
    });
    check.case("cut and joined at once", |case| {
        let both = "[2, 3] lie like one axis of 6, which is cut into [3, 2]";
        tries(
            case,
            &[
                (&[5, 2, 3], &[9, 3, 1], &[5, 3, 2], true, both),
                (
                    &[5, 2, 3],
                    &[9, 3, 1],
                    &[10, 3],
                    false,
                    "5 and 2 do not lie like one axis",
                ),
                (&[8, 9], &[10, 1], &[2, 4, 3, 3], true, both),
                (
                    &[8, 9],
                    &[10, 1],
                    &[4, 6, 3],
                    false,
                    "6 is 2 rows of 3: there is the gap",
                ),
            ],
        );
    });
    check.case("axes of size 1", |case| {
        let one = "an axis of size 1 can come and go: its stride is never used";
        tries(
            case,
            &[
                (&[3, 1, 2], &[1, 77, 3], &[3, 2], true, one),
                (&[3, 2], &[1, 3], &[1, 3, 1, 2, 1], true, one),
                (&[2, 1, 3], &[3, 500, 1], &[6], true, one),
                (&[1, 1], &[4, 9], &[1], true, one),
                (&[1], &[4], &[], true, "a shape without axes has no strides"),
                (&[], &[], &[1, 1], true, one),
                (&[], &[], &[], true, "a shape without axes has no strides"),
            ],
        );
    });
    check.case("no elements", |case| {
        let none = "nothing is ever read: any strides will do";
        tries(
            case,
            &[
                (&[0], &[1], &[3, 0], true, none),
                (&[2, 0, 3], &[3, 3, 1], &[0], true, none),
                (&[4, 0], &[1, 4], &[0, 7, 2], true, none),
            ],
        );
    });
    check.case("many views of one array", |case| {
        let whole = Array::from_fn(&[4, 1, 6, 2], |i| i as f64);
        let orders =
            [[0, 1, 2, 3], [3, 2, 1, 0], [0, 2, 1, 3], [2, 0, 3, 1], [2, 3, 0, 1]];
        let shapes: [&[usize]; 10] = [
            &[48],
            &[4, 12],
            &[12, 4],
            &[2, 2, 12],
            &[2, 1, 3, 8],
            &[8, 6],
            &[6, 8],
            &[1, 24, 1, 2],
            &[2, 3, 2, 2, 2],
            &[16, 3],
        ];
        for order in orders {
            let view = whole.permute(&order);
            let cut = view
                .slice(order.iter().position(|a| *a == 2).expect("it is there"), 1..5);
            let wide =
                cut.slice(0, 0..1).broadcast_to(&[&[3], &cut.shape()[1..]].concat());
            for view in [view, cut, wide] {
                let layout = view.layout();
                for wanted in shapes {
                    let wanted = fitted(wanted, view.size());
                    given(case, view.shape(), layout.strides(), &wanted);
                    let got =
                        (answer.reshape_strides)(view.shape(), layout.strides(), &wanted);
                    let possible = layout.reshape(&wanted).is_some();
                    expect(
                        case,
                        (view.shape(), layout.strides(), &wanted),
                        got,
                        possible,
                        "",
                    );
                }
            }
        }
    });
}

/// The shape with its first size changed so that it holds `size` elements, or `[size]`.
fn fitted(shape: &[usize], size: usize) -> Vec<usize> {
    let inner: usize = shape[1..].iter().product();
    match size % inner {
        0 => [&[size / inner], &shape[1..]].concat(),
        _ => vec![size],
    }
}

/// Said before the answer is asked: an answer may panic.
fn given(case: &mut Case, shape: &[usize], strides: &[usize], wanted: &[usize]) {
    case.given(format!("shape {shape:?}, strides {strides:?}, wanted {wanted:?}"));
}

/// Expects strides that lead to the same places in the same order, or none.
fn expect(
    case: &mut Case,
    (shape, strides, wanted): (&[usize], &[usize], &[usize]),
    got: Option<Vec<usize>>,
    possible: bool,
    otherwise: &str,
) {
    let Some(got) = got else {
        let what = "whether strides can say it";
        return case.equal(
            what,
            "no (`None`)",
            if possible { "yes" } else { "no (`None`)" },
            otherwise,
        );
    };
    case.equal(
        "how many strides",
        got.len(),
        wanted.len(),
        "one for each axis of `wanted`",
    );
    if got.len() != wanted.len() {
        return;
    }
    let (got, expected) = (places(wanted, &got), places(shape, strides));
    match possible {
        true => case.equal("the places, row after row", got, expected, otherwise),
        false => case.holds(
            false,
            "the places, row after row",
            &format!("{expected:?}, which no strides can say: `None`"),
            format!("{got:?}"),
            otherwise,
        ),
    }
}

/// Where the elements lie, row after row.
fn places(shape: &[usize], strides: &[usize]) -> Vec<usize> {
    let mut places = vec![0];
    for (size, stride) in shape.iter().zip(strides) {
        let next = |place: &usize| {
            let place = *place;
            (0..*size).map(move |i| place.wrapping_add(i.wrapping_mul(*stride)))
        };
        places = places.iter().flat_map(next).collect();
    }
    places
}
