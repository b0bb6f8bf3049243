//! Checks the climb, its end, the fall and its end, then what comes after.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// The factor of the learning rate.
    pub warmup_cosine: fn(update: usize, warmup: usize, total: usize, last: f64) -> f64,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let factors = |updates: std::ops::Range<usize>, warmup, total, last| -> Vec<f64> {
        updates
            .map(|update| (answer.warmup_cosine)(update, warmup, total, last))
            .collect()
    };
    check.case("the climb", |case| {
        case.given("updates 0 to 3, warmup 4, total 20, last 0");
        case.numbers(
            "the factors",
            &factors(0..4, 4, 20, 0.0),
            &vec![0.25, 0.5, 0.75, 1.0],
        )
        .mistake(
            vec![0.0, 0.25, 0.5, 0.75],
            "the first update has the factor 0, and \
                 nothing is learned from it: it is (update + 1) / warmup",
        )
        .mistake(
            vec![0.2, 0.4, 0.6, 0.8],
            "the last update of the climb has the full \
                 rate: divide by `warmup`",
        )
        .mistake(vec![0.0; 4], "whole numbers were divided: turn them into f64 first")
        .mistake(
            vec![0.0, 0.0, 0.0, 1.0],
            "whole numbers were divided: turn them into \
                 f64 first",
        )
        .verify();
        case.given("updates 0 to 3, warmup 4, total 20, last 0.5");
        case.numbers(
            "the factors",
            &factors(0..4, 4, 20, 0.5),
            &vec![0.25, 0.5, 0.75, 1.0],
        )
        .mistake(
            vec![0.625, 0.75, 0.875, 1.0],
            "the climb begins at 1/warmup whatever \
                 `last` is: that is where the fall ends",
        )
        .verify();
    });
    check.case("the example of the statement", |case| {
        case.given("updates 0 to 6, warmup 2, total 6, last 0");
        let half = 0.5f64.sqrt();
        // The climb, and a fall whose share done is `done(update)`.
        let falling = |done: fn(usize) -> f64| {
            let factor =
                |update| (1.0 + (std::f64::consts::PI * done(update)).cos()) / 2.0;
            let fall = (2..6).map(factor);
            [0.5, 1.0].into_iter().chain(fall).chain([0.0]).collect::<Vec<f64>>()
        };
        let expected =
            vec![0.5, 1.0, 1.0, (1.0 + half) / 2.0, 0.5, (1.0 - half) / 2.0, 0.0];
        case.numbers("the factors", &factors(0..7, 2, 6, 0.0), &expected)
            .mistake(
                vec![0.5, 1.0, 1.0, 0.5, 0.0, 0.5, 0.0],
                "this is a whole wave: the argument of the cosine ends at π",
            )
            .mistake(
                falling(|update| update as f64 / 6.0),
                "the fall is measured from the end of the climb: (update − warmup) / \
                 (total − warmup)",
            )
            .mistake(
                falling(|update| (update - 2) as f64 / 3.0),
                "the fall ends in update `total`, not in the one before",
            )
            .verify();
    });
    check.case("where the fall begins and ends", |case| {
        for (warmup, total) in [(4, 20), (10, 100), (1, 9), (0, 8)] {
            for last in [0.0, 0.125] {
                case.given(format!("warmup {warmup}, total {total}, last {last}"));
                let at = |update| (answer.warmup_cosine)(update, warmup, total, last);
                case.number(&format!("the factor of update {warmup}"), at(warmup), 1.0)
                    .verify();
                let middle = (warmup + total) / 2;
                case.number(
                    &format!("the factor of update {middle}, half way"),
                    at(middle),
                    (1.0 + last) / 2.0,
                )
                .mistake(0.5, "the fall goes from 1 to `last`, not to 0")
                .mistake(
                    last + (1.0 - last)
                        * (1.0
                            + (std::f64::consts::PI * middle as f64 / total as f64)
                                .cos())
                        / 2.0,
                    "the fall is measured from the end of the climb: (update − warmup) / \
                     (total − warmup)",
                )
                .verify();
                case.number(&format!("the factor of update {total}"), at(total), last)
                    .mistake(0.0, "the fall ends at `last`")
                    .verify();
                let done = 1.0 - 1.0 / (total - warmup) as f64;
                let wave = (1.0 + (std::f64::consts::PI * done).cos()) / 2.0;
                case.number(
                    &format!("the factor of update {}", total - 1),
                    at(total - 1),
                    last + (1.0 - last) * wave,
                )
                .mistake(last, "the fall ends in update `total`, not in the one before")
                .verify();
            }
        }
    });
    check.case("a quarter of the way", |case| {
        case.given("update 8, warmup 4, total 20, last 0.2");
        let expected = 0.2 + 0.8 * (1.0 + 0.5f64.sqrt()) / 2.0;
        case.number("the factor", (answer.warmup_cosine)(8, 4, 20, 0.2), expected)
            .mistake(0.8, "this is a straight line: the fall follows a cosine")
            .mistake(
                ((1.0 + 0.5f64.sqrt()) / 2.0f64).max(0.2),
                "the wave falls to 0 and is cut off at `last`: it should end there",
            )
            .verify();
    });
    check.case("after the end", |case| {
        case.given("updates 20 to 39 and 1000, warmup 4, total 20, last 0.1");
        let mut got = factors(20..40, 4, 20, 0.1);
        got.push((answer.warmup_cosine)(1000, 4, 20, 0.1));
        let turns = "the wave turns at `total` and climbs again: stay at `last`";
        case.holds(
            got.iter().all(|factor| (factor - 0.1).abs() < 1e-12),
            "the factors",
            "0.1, all of them",
            format!("{:?} at first", &got[..3]),
            turns,
        );
    });
    check.case("no climb", |case| {
        case.given("updates 0 to 4, warmup 0, total 4, last 0");
        let half = 0.5f64.sqrt();
        let expected = vec![1.0, (1.0 + half) / 2.0, 0.5, (1.0 - half) / 2.0, 0.0];
        case.numbers("the factors", &factors(0..5, 0, 4, 0.0), &expected).verify();
    });
    check.case("no fall", |case| {
        case.given("updates 0 to 5, warmup 3, total 3, last 0.5");
        let (third, end) = (1.0 / 3.0, 0.5);
        let expected = vec![third, 2.0 * third, 1.0, end, end, end];
        case.numbers("the factors", &factors(0..6, 3, 3, 0.5), &expected)
            .mistake(
                vec![third, 2.0 * third, 1.0, f64::NAN, end, end],
                "0/0: with warmup = total there is nothing between the two",
            )
            .verify();
        case.given("updates 0 and 1, warmup 1, total 1, last 0.5");
        case.numbers("the factors", &factors(0..2, 1, 1, 0.5), &vec![1.0, 0.5])
            .mistake(vec![0.5, 0.5], "update 0 is the climb, even if it is all there is")
            .verify();
        case.given("updates 0 and 1, warmup 0, total 0, last 0.25");
        case.numbers("the factors", &factors(0..2, 0, 0, 0.25), &vec![0.25; 2]).verify();
    });
    check.case("a long run", |case| {
        case.given("warmup 2000, total 100000, last 0.1, updates 0, 1999, 2000, 51000");
        let at = |update| (answer.warmup_cosine)(update, 2000, 100_000, 0.1);
        let got = vec![at(0), at(1999), at(2000), at(51_000), at(100_000)];
        case.numbers("the factors", &got, &vec![0.0005, 1.0, 1.0, 0.55, 0.1]).verify();
    });
}
