//! Checks equal parts, unequal ones, and parts where nothing counts.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// The mean over all examples.
    pub accumulate: fn(parts: &[(usize, Vec<f64>)]) -> Vec<f64>,
}

const MEANS: &str = "this is the mean of the means: a part with few examples counts as much as \
                     one with many";
const SUM: &str = "this is a sum and not a mean: divide by all counts together";

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let mean = answer.accumulate;
    check.case("equal parts", |case| {
        case.given("(2, [1, 4]), (2, [3, -8])");
        let got = mean(&[(2, vec![1.0, 4.0]), (2, vec![3.0, -8.0])]);
        case.numbers("the gradient", &got, &vec![2.0, -2.0])
            .mistake(vec![4.0, -4.0], "the means were added: divide at the end")
            .mistake(vec![8.0, -8.0], SUM)
            .mistake(
                vec![1.0, -1.0],
                "the means were divided by the number of examples: \
                 multiply each by its count first",
            )
            .verify();
    });
    check.case("the example of the statement", |case| {
        case.given("(3, [2]), (1, [6])");
        let got = mean(&[(3, vec![2.0]), (1, vec![6.0])]);
        case.numbers("the gradient", &got, &vec![3.0])
            .mistake(vec![4.0], MEANS)
            .mistake(vec![12.0], SUM)
            .mistake(
                vec![6.0],
                "only the number of parts was divided by: the counts belong \
                 below too",
            )
            .mistake(
                vec![5.0],
                "the weights are exchanged: the part with three examples \
                 counts three times",
            )
            .verify();
    });
    check.case("three unequal parts", |case| {
        case.given("(1, [8, 0, 1]), (2, [4, 3, 1]), (5, [1.6, -2, 1])");
        let parts = [
            (1, vec![8.0, 0.0, 1.0]),
            (2, vec![4.0, 3.0, 1.0]),
            (5, vec![1.6, -2.0, 1.0]),
        ];
        case.numbers("the gradient", &mean(&parts), &vec![3.0, -0.5, 1.0])
            .mistake(vec![13.6 / 3.0, 1.0 / 3.0, 1.0], MEANS)
            .verify();
        case.given("the same in another order");
        let turned = [parts[2].clone(), parts[0].clone(), parts[1].clone()];
        case.numbers("the gradient", &mean(&turned), &vec![3.0, -0.5, 1.0])
            .mistake(
                vec![3.95, -0.75, 1.0],
                "each part is averaged with all before it: the \
                 last one counts half",
            )
            .verify();
    });
    check.case("one part", |case| {
        for count in [1, 7] {
            case.given(format!("({count}, [2.5, -1])"));
            case.numbers(
                "the gradient",
                &mean(&[(count, vec![2.5, -1.0])]),
                &vec![2.5, -1.0],
            )
            .verify();
        }
    });
    check.case("a part where nothing counts", |case| {
        let skip = "0 · NaN is NaN: leave out a part with the count 0";
        for odd in [f64::NAN, f64::INFINITY, 100.0] {
            for place in 0..3 {
                let mut parts = vec![(3, vec![2.0]), (1, vec![6.0])];
                parts.insert(place, (0, vec![odd]));
                case.given(format!("{parts:?}"));
                case.numbers("the gradient", &mean(&parts), &vec![3.0])
                    .mistake(vec![f64::NAN], skip)
                    .mistake(
                        vec![2.25],
                        "a part with the count 0 was counted as one example",
                    )
                    .mistake(vec![2.0], "a part with the count 0 is divided by too")
                    .verify();
            }
        }
    });
    check.case("a NaN that counts", |case| {
        case.given("(1, [NaN, 4]), (1, [2, 6])");
        let got = mean(&[(1, vec![f64::NAN, 4.0]), (1, vec![2.0, 6.0])]);
        let mut expectation =
            case.numbers("the gradient", &got, &vec![f64::NAN, 5.0]);
        for hidden in [[1.0, 3.0], [2.0, 6.0], [0.0, 5.0], [1.0, 5.0], [2.0, 5.0]] {
            expectation = expectation.mistake(
                hidden.to_vec(),
                "a NaN was left out that belongs to an example: only the count 0 says that a \
                 part is left out",
            );
        }
        expectation.verify();
    });
    check.case("nothing counts at all", |case| {
        case.given("(0, [5, NaN]), (0, [1, 1])");
        let got = mean(&[(0, vec![5.0, f64::NAN]), (0, vec![1.0, 1.0])]);
        case.numbers("the gradient", &got, &vec![0.0, 0.0])
            .mistake(vec![f64::NAN; 2], "0/0: where nothing counts, return zeros")
            .verify();
        case.given("(2, [])");
        case.numbers("the gradient", &mean(&[(2, vec![])]), &vec![]).verify();
    });
    check.case("large counts", |case| {
        case.given("(1000000, [1]), (3000000, [2]), (4000000, [-1])");
        let parts =
            [(1_000_000, vec![1.0]), (3_000_000, vec![2.0]), (4_000_000, vec![-1.0])];
        case.numbers("the gradient", &mean(&parts), &vec![0.375]).verify();
    });
    check.case("a batch cut anywhere", |case| {
        let rows: Vec<f64> = (0..100).map(|row| f64::from(row * row % 17)).collect();
        let whole = rows.iter().sum::<f64>() / 100.0;
        for size in [1, 2, 7, 16, 99, 100] {
            case.given(format!("100 examples in parts of {size}"));
            let part = |rows: &[f64]| {
                (rows.len(), vec![rows.iter().sum::<f64>() / rows.len() as f64])
            };
            let parts: Vec<_> = rows.chunks(size).map(part).collect();
            case.numbers("the gradient", &mean(&parts), &vec![whole]).verify();
        }
    });
}
