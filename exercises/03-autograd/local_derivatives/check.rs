//! Checks each slope where it can be worked out by hand, then where a square breaks.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// The slopes of a product.
    pub product: fn(a: f64, b: f64) -> [f64; 2],
    /// The slopes of a quotient.
    pub quotient: fn(a: f64, b: f64) -> [f64; 2],
    /// The slope of tanh, from its output.
    pub tanh: fn(y: f64) -> f64,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("a product", |case| {
        for (a, b) in [(2.0, 3.0), (-1.5, 4.0), (0.0, 7.0), (0.1, -0.3), (1e12, 3.0)] {
            case.given(format!("product({a:?}, {b:?})"));
            let slopes = (answer.product)(a, b).to_vec();
            case.numbers("the slopes", &slopes, &vec![b, a])
                .within(0.0)
                .factor(
                    1.0,
                    "nearly: the slopes are b and a themselves, to the last digit",
                )
                .mistake(
                    vec![a, b],
                    "each slope is the other's: hold b fixed, and a · b is a line in a \
                     whose steepness is b",
                )
                .mistake(vec![a * b, a * b], "this is the product itself, not a slope")
                .mistake(vec![1.0, 1.0], "these are the slopes of a sum")
                .verify();
        }
    });
    check.case("a quotient", |case| {
        for (a, b) in [(6.0, 2.0), (-3.0, 4.0), (5.0, -0.5), (0.0, 3.0)] {
            case.given(format!("quotient({a:?}, {b:?})"));
            let slopes = (answer.quotient)(a, b).to_vec();
            case.numbers("the slopes", &slopes, &vec![1.0 / b, -a / (b * b)])
                .mistake(
                    vec![1.0 / b, a / (b * b)],
                    "the sign of the second: a larger b makes a / b smaller (if both \
                     are positive)",
                )
                .mistake(
                    vec![1.0 / b, -a / b],
                    "the slope of 1/b is −1/b²: one division by b is missing",
                )
                .mistake(
                    vec![1.0 / b, -1.0 / (b * b)],
                    "the second slope must grow with a: it is a times the slope of 1/b",
                )
                .mistake(vec![b, -a / (b * b)], "a / b is a line in a; how steep is it?")
                .verify();
        }
    });
    check.case("a quotient of tiny or huge numbers", |case| {
        for (a, b) in [(1e-200, 1e-200), (3e200, 1e200), (1e-161, 3e-161)] {
            case.given(format!("quotient({a:?}, {b:?})"));
            let [da, db] = (answer.quotient)(a, b);
            for (what, got, expected) in
                [("the slope in a", da, 1.0 / b), ("the slope in b", db, -(a / b) / b)]
            {
                case.holds(
                    (got / expected - 1.0).abs() < 1e-9,
                    what,
                    &format!("{expected:e}"),
                    format!("{got:e}"),
                    "a number on the way, like b · b or 1/b², has become infinite, 0, or so \
                     small that it has lost digits: divide a by b, and that by b again",
                );
            }
        }
        case.given("quotient(1e-318, 1e-310), the slope in b");
        let [_, db] = (answer.quotient)(1e-318, 1e-310);
        let expected = -(1e-318f64 / 1e-310) / 1e-310;
        case.holds(
            (db / expected - 1.0).abs() < 1e-9,
            "the slope in b",
            &format!("{expected:e}"),
            format!("{db:e}"),
            "1 / b is infinite, but this slope is not: divide a by b, and by b again",
        );
    });
    check.case("tanh, from its output", |case| {
        for x in [0.0f64, 0.5, -0.5, 1.2, -3.0] {
            let y = x.tanh();
            case.given(format!("tanh({y:?}), where x was {x:?}"));
            case.number("the slope", (answer.tanh)(y), 1.0 - y * y)
                .mistake(
                    1.0 - y.tanh().powi(2),
                    "tanh was taken once more: what is given is y, not x",
                )
                .mistake(1.0 - y, "y is not squared")
                .mistake(1.0 + y * y, "the slope of tanh is never larger than 1")
                .mistake(y * (1.0 - y), "this is the slope of the sigmoid")
                .verify();
        }
    });
    check.case("tanh where it is flat", |case| {
        for y in [1.0, -1.0] {
            case.given(format!("tanh({y:?}), far out on either side"));
            case.number("the slope", (answer.tanh)(y), 0.0).within(0.0).verify();
        }
        let y = 0.9999999999;
        case.given("tanh(0.9999999999), far out");
        let (got, expected) = ((answer.tanh)(y), 1.0 - y * y);
        case.holds(
            (got / expected - 1.0).abs() < 1e-5,
            "the slope",
            &format!("{expected:e}"),
            format!("{got:e}"),
            "it is small, but its digits count: 1 − y² has them",
        );
    });
}
