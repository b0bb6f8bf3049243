//! Checks the walk on parabolas, where every point can be worked out by hand.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// The points visited, the start included.
    pub descend: fn(
        slope: fn(f64) -> f64,
        start: f64,
        learning_rate: f64,
        steps: usize,
    ) -> Vec<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("one step on a parabola", |case| {
        case.given("descend(|w| 2.0 * w, 3.0, 0.1, 1), the slope of w²");
        let path = (answer.descend)(|w| 2.0 * w, 3.0, 0.1, 1);
        case.numbers("the points visited", &path, &vec![3.0, 2.4])
            .mistake(
                vec![3.0, 3.6],
                "the step leads uphill: where the slope is positive, down is to the left",
            )
            .mistake(vec![2.4], "the list lacks the start")
            .mistake(vec![3.0], "the list lacks the point after the last step")
            .mistake(vec![3.0, -3.0], "the learning rate is not used")
            .verify();
    });
    check.case("four steps", |case| {
        case.given("descend(|w| 2.0 * w, 1.0, 0.25, 4)");
        let path = (answer.descend)(|w| 2.0 * w, 1.0, 0.25, 4);
        case.numbers("the points visited", &path, &vec![1.0, 0.5, 0.25, 0.125, 0.0625])
            .mistake(
                vec![1.0, 0.5, 0.0, -0.5, -1.0],
                "every step is as long as the first: take the slope at the new point",
            )
            .verify();
    });
    check.case("from the left of the minimum", |case| {
        case.given("descend(|w| 2.0 * (w - 5.0), 1.0, 0.5, 1), the slope of (w − 5)²");
        let path = (answer.descend)(|w| 2.0 * (w - 5.0), 1.0, 0.5, 1);
        case.numbers("the points visited", &path, &vec![1.0, 5.0])
            .mistake(
                vec![1.0, -3.0],
                "the step always goes left: the sign of the slope tells the direction",
            )
            .verify();
    });
    check.case("no step at all", |case| {
        case.given("descend(|w| 2.0 * w, 7.0, 0.1, 0)");
        case.numbers(
            "the points visited",
            &(answer.descend)(|w| 2.0 * w, 7.0, 0.1, 0),
            &vec![7.0],
        )
        .verify();
    });
}
