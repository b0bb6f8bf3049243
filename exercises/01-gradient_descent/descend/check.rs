//! Checks the walk where every point can be worked out by hand.

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
            .mistake(
                vec![3.0, 3.0],
                "the start is there twice and the last point is missing: in the loop, \
                 step first, then push",
            )
            .mistake(vec![3.0, -3.0], "the learning rate is not used")
            .mistake(
                vec![3.0, 2.4, 1.92],
                "this is one step too many: `steps` steps, and the start before them",
            )
            .verify();
    });
    let cut =
        "a steep slope is cut short: the step is learning_rate · slope(w), however long";
    check.case("the example of the statement", |case| {
        case.given("descend(|w| 8.0 * (w - 3.0), 0.0, 0.1, 2)");
        let path = (answer.descend)(|w| 8.0 * (w - 3.0), 0.0, 0.1, 2);
        case.numbers("the points visited", &path, &vec![0.0, 2.4, 2.88])
            .mistake(
                vec![0.0, 2.4, 4.8],
                "every step is as long as the first: take the slope at the new point",
            )
            .mistake(
                vec![0.0, -2.4, -6.72],
                "the step always goes left: the sign of the slope tells the direction",
            )
            .mistake(
                vec![0.0, 2.88],
                "only the start and the end: the point after every step belongs to the list",
            )
            .mistake(vec![0.0, 1.0, 2.0], cut)
            .mistake(vec![0.0, 0.1, 0.2], cut)
            .verify();
    });
    check.case("four steps", |case| {
        case.given("descend(|w| 2.0 * w, 1.0, 0.25, 4)");
        let path = (answer.descend)(|w| 2.0 * w, 1.0, 0.25, 4);
        case.numbers("the points visited", &path, &vec![1.0, 0.5, 0.25, 0.125, 0.0625])
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
        let path = (answer.descend)(|w| 2.0 * w, 7.0, 0.1, 0);
        case.numbers("the points visited", &path, &vec![7.0])
            .mistake(
                Vec::<f64>::new(),
                "the start belongs to the list even when no step is taken",
            )
            .verify();
    });
    check.case("steps of length 0 count", |case| {
        let short = "the list ends where the walk stands still: \
                     it always has `steps` + 1 points";
        case.given("descend(|w| 2.0 * (w - 5.0), 1.0, 0.5, 3): the minimum is 5");
        let path = (answer.descend)(|w| 2.0 * (w - 5.0), 1.0, 0.5, 3);
        case.numbers("the points visited", &path, &vec![1.0, 5.0, 5.0, 5.0])
            .mistake(vec![1.0, 5.0], short)
            .mistake(vec![1.0, 5.0, 5.0], short)
            .verify();
    });
    check.case("a slope that is not a line", |case| {
        case.given("descend(|w| w * w * w, 1.0, 0.5, 2), the slope of w⁴/4");
        let path = (answer.descend)(|w| w * w * w, 1.0, 0.5, 2);
        case.numbers("the points visited", &path, &vec![1.0, 0.5, 0.4375])
            .mistake(
                vec![1.0, 0.5, 0.25],
                "the slope is not a straight line here: ask `slope(w)` at every point",
            )
            .verify();
    });
    check.case("a step that is too long", |case| {
        let leap = "the learning rate is the one that was given, \
                    even when the walk leaps over the minimum and away";
        case.given("descend(|w| 2.0 * w, 1.0, 1.5, 2): each step leads farther away");
        let path = (answer.descend)(|w| 2.0 * w, 1.0, 1.5, 2);
        case.numbers("the points visited", &path, &vec![1.0, -2.0, 4.0])
            .mistake(vec![1.0, -1.0, 1.0], leap)
            .mistake(vec![1.0, -2.0, 1.0], leap)
            .verify();
        case.given("descend(|w| 2.0 * w, 128.0, 0.25, 2): a slope of 256");
        let path = (answer.descend)(|w| 2.0 * w, 128.0, 0.25, 2);
        case.holds(
            path == [128.0, 64.0, 32.0],
            "the points visited",
            "[128.0, 64.0, 32.0]",
            format!("{path:?}"),
            cut,
        );
    });
    check.case("many steps", |case| {
        for (learning_rate, where_to) in
            [(0.25, "it comes ever closer to 0"), (10.0, "it leaves every bound")]
        {
            case.given(format!(
                "descend(|w| 2.0 * w, 1.0, {learning_rate:?}, 1000): {where_to}"
            ));
            let path = (answer.descend)(|w| 2.0 * w, 1.0, learning_rate, 1000);
            case.holds(
                path.len() == 1001,
                "the number of points",
                "1001, which is `steps` + 1",
                path.len().to_string(),
                "the walk takes all its steps, wherever they lead",
            );
        }
        // Powers of 2: nothing rounds.
        for (learning_rate, factor) in [(0.25, 0.5f64), (1.5, -2.0)] {
            case.given(format!(
                "descend(|w| 2.0 * w, 1.0, {learning_rate:?}, 1000): each point is \
                 {factor} times the one before"
            ));
            let path = (answer.descend)(|w| 2.0 * w, 1.0, learning_rate, 1000);
            let right = |(k, w): (usize, &f64)| *w == factor.powi(k as i32);
            let wrong = path.iter().enumerate().position(|at| !right(at));
            let number = wrong.unwrap_or(0);
            case.holds(
                wrong.is_none(),
                &format!("point number {number}"),
                &format!("{:e}", factor.powi(number as i32)),
                format!("{:e}", path.get(number).unwrap_or(&f64::NAN)),
                "the same rule at every point, however far away: nothing is cut off",
            );
        }
    });
}
