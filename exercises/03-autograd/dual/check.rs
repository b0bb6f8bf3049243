//! Checks the pairs one by one, then whole gradients.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// A product of pairs.
    pub product: fn(a: (f64, f64), b: (f64, f64)) -> (f64, f64),
    /// tanh of a pair.
    pub tanh: fn(a: (f64, f64)) -> (f64, f64),
    /// All derivatives of a function of pairs.
    pub gradient: fn(f: fn(&[(f64, f64)]) -> (f64, f64), at: &[f64]) -> Vec<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let list = |(value, slope): (f64, f64)| vec![value, slope];
    check.case("a product", |case| {
        for (a, b) in [
            ((3.0, 5.0), (3.0, 5.0)),
            ((2.0, 1.0), (5.0, 0.0)),
            ((2.0, 0.0), (5.0, 1.0)),
            ((-1.5, 4.0), (0.5, -3.0)),
            ((0.0, 2.0), (7.0, 3.0)),
        ] {
            let (value, first, second) = (a.0 * b.0, a.1 * b.0, a.0 * b.1);
            let half = "one of the two terms is missing: (a b)′ = a′ b + a b′";
            case.given(format!("product({a:?}, {b:?})"));
            case.numbers(
                "value and slope",
                &list((answer.product)(a, b)),
                &vec![value, first + second],
            )
            .mistake(
                vec![value, a.1 * b.1],
                "the slope of a product is not the product of the slopes",
            )
            .mistake(
                vec![value, 2.0 * a.0],
                "2 a is the slope of a · a only where a′ is 1: (a b)′ = a′ b + a b′",
            )
            .mistake(vec![value, first], half)
            .mistake(vec![value, second], half)
            .mistake(
                vec![value, a.0 * a.1 + b.0 * b.1],
                "each slope belongs to the other's value",
            )
            .mistake(vec![value, a.1 + b.1], "these slopes are those of a sum")
            .mistake(
                vec![first + second, value],
                "the value comes first in the pair, the slope second",
            )
            .verify();
        }
    });
    check.case("tanh", |case| {
        for a in
            [(0.0, 1.0), (0.5, 1.0), (-1.2, 1.0), (0.5, -3.0), (2.0, 0.0), (800.0, 1.0)]
        {
            let y = f64::tanh(a.0);
            let slope = 1.0 - y * y;
            case.given(format!("tanh({a:?})"));
            case.numbers(
                "value and slope",
                &list((answer.tanh)(a)),
                &vec![y, slope * a.1],
            )
            .mistake(
                vec![y, slope],
                "the slope of the input is lost: the chain rule multiplies by it",
            )
            .mistake(
                vec![y, f64::tanh(a.1)],
                "tanh of the slope is not the slope of tanh",
            )
            .mistake(vec![y, (1.0 - a.0 * a.0) * a.1], "it is 1 − y², with y = tanh a")
            .mistake(
                vec![f64::NAN; 2],
                "∞/∞: e to such a power is no longer a number that f64 holds, but \
                 `f64::tanh` is right everywhere",
            )
            .verify();
        }
    });
    check.case("a gradient", |case| {
        case.given("f = x₀ · x₁ + x₀, at (2, 5)");
        let got = (answer.gradient)(|x| plus(times(x[0], x[1]), x[0]), &[2.0, 5.0]);
        case.numbers("the derivatives", &got, &vec![6.0, 2.0])
            .mistake(
                vec![8.0, 8.0],
                "every input had the slope 1 at once: then the slope of f is the sum of \
                 all derivatives",
            )
            .mistake(vec![8.0], "one pass cannot tell the inputs apart")
            .mistake(vec![12.0, 12.0], "this is the value of f, not its slope")
            .mistake(
                vec![22.0, 22.0],
                "the slopes that go in are 1 and 0, not the values of the inputs",
            )
            .mistake(
                vec![12.0, 10.0],
                "the slope that goes in is 1, not the value of the input",
            )
            .mistake(vec![2.0, 6.0], "in the order of the inputs")
            .verify();
    });
    check.case("a function of ten numbers", |case| {
        let at = [0.5, -1.5, 2.0, 3.0, -0.25, 1.25, -1.0, 0.5, 4.0, -0.75];
        case.given(format!("the product of all, at {at:?}"));
        let got = (answer.gradient)(
            |x| x.iter().fold((1.0, 0.0), |product, x| times(product, *x)),
            &at,
        );
        let without =
            |i: usize| (0..10).filter(|j| *j != i).map(|j| at[j]).product::<f64>();
        let expected: Vec<f64> = (0..10).map(without).collect();
        let mut confused = expected.clone();
        for i in [0, 7] {
            confused[i] *= 2.0;
        }
        case.numbers("the derivatives", &got, &expected)
            .mistake(
                confused,
                "numbers 0 and 7 have the same value, and are two inputs for all that: \
                 tell inputs apart by their place",
            )
            .verify();
    });
    check.case("the slope that f returns", |case| {
        // The value never changes, so only the slopes can give the answer.
        case.given(
            "f returns the value 7, and a slope: 1 if its inputs have the slopes (1, 0), 10 \
             if they have (0, 1), else NaN; at (2, 5)",
        );
        let f = |x: &[(f64, f64)]| match (x[0].1, x[1].1) {
            (1.0, 0.0) => (7.0, 1.0),
            (0.0, 1.0) => (7.0, 10.0),
            _ => (7.0, f64::NAN),
        };
        let got = (answer.gradient)(f, &[2.0, 5.0]);
        let seeds = "f was asked with other slopes: in each pass one input has the slope 1 \
                     and all others have 0";
        case.numbers("the derivatives", &got, &vec![1.0, 10.0])
            .mistake(vec![f64::NAN; 2], seeds)
            .mistake(vec![1.0, f64::NAN], seeds)
            .mistake(
                vec![0.0, 0.0],
                "a difference of values: the derivative is the slope that f returns",
            )
            .verify();
    });
    check.case("an input that f does not use, or that is 0", |case| {
        case.given("f = x₂ · x₂, at (1, 0, -3)");
        let got = (answer.gradient)(|x| times(x[2], x[2]), &[1.0, 0.0, -3.0]);
        case.numbers("the derivatives", &got, &vec![0.0, 0.0, -6.0]).verify();
        case.given("f = x₀ · x₁, at (0, 4)");
        let got = (answer.gradient)(|x| times(x[0], x[1]), &[0.0, 4.0]);
        case.numbers("the derivatives", &got, &vec![4.0, 0.0]).verify();
        case.given("f = 7, of no inputs");
        let got = (answer.gradient)(|_| (7.0, 0.0), &[]);
        case.numbers("the derivatives", &got, &vec![]).verify();
    });
}

fn times(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0, a.0 * b.1 + a.1 * b.0)
}

fn plus(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 + b.0, a.1 + b.1)
}
