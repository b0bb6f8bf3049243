//! Checks 2/λmax on matrices whose eigenvalues are known, then by descending just below
//! and just above it.

use crate::{Case, Check};
use gradus::gradient_descent::{Rule, Stop, descend, dot};
use gradus::random::{generator, normal};
use std::f64::consts::PI;

/// What the reader writes.
pub struct Answer {
    /// 2/λmax of a symmetric matrix without negative eigenvalues.
    pub critical_learning_rate: fn(hessian: &[Vec<f64>]) -> f64,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let rate = answer.critical_learning_rate;
    let smaller = "this is 2/λ for a smaller eigenvalue: the largest one sets the \
                   limit. Does the start have a share in every direction?";
    let diagonal = "this is 2 divided by the largest number on the diagonal: off the \
                    axes H can stretch more";
    let trace = "this is 2 divided by the sum of the diagonal: only the largest \
                 eigenvalue counts";
    let squares = "this is 2 divided by the root of the sum of all squares, which is \
                   larger than λ";
    let sums =
        "this is 2 divided by the largest sum of a row, which can be larger than λ";
    let lost = "infinite: λ came out as 0. Does every row and every column take part?";
    check.case("a single number", |case| {
        case.given("[[4]], whose eigenvalue is 4");
        expect(
            case,
            rate(&[vec![4.0]]),
            0.5,
            &[
                (
                    0.25,
                    "this is 1/λ, the rate that reaches the minimum in one step: \
                 divergence begins at 2/λ",
                ),
                (4.0, "this is λ itself: return 2/λ"),
                (0.125, "this is 2/λ²: H stretches by λ, and λ² is the square of that"),
                (f64::INFINITY, lost),
                (f64::NEG_INFINITY, lost),
                (f64::NAN, "not a number: is the vector scaled to length 1 each time?"),
            ],
        );
    });
    check.case("a diagonal matrix", |case| {
        case.given("the diagonal matrix of 1, 10 and 3: these are the eigenvalues");
        let got = rate(&[vec![1.0, 0.0, 0.0], vec![0.0, 10.0, 0.0], vec![0.0, 0.0, 3.0]]);
        expect(
            case,
            got,
            0.2,
            &[
                (2.0, smaller),
                (2.0 / 14.0, trace),
                (2.0 / 110f64.sqrt(), squares),
                (
                    f64::NAN,
                    "not a number: where u no longer turns some of its numbers may be \
                 0. Use the length of H u, or u · H u",
                ),
            ],
        );
        case.given(
            "the diagonal matrix of 1, 2, 3, …, 11 and 24: these are the eigenvalues",
        );
        let values: Vec<f64> = (1..12).chain([24]).map(f64::from).collect();
        let mut hessian = vec![vec![0.0; 12]; 12];
        for (j, value) in values.iter().enumerate() {
            hessian[j][j] = *value;
        }
        let small: Vec<_> =
            values[..11].iter().map(|value| (2.0 / value, smaller)).collect();
        expect(case, rate(&hessian), 2.0 / 24.0, &small);
    });
    check.case("a direction between the axes", |case| {
        case.given("[[2, 1], [1, 2]], whose eigenvalues are 3 and 1");
        let got = rate(&[vec![2.0, 1.0], vec![1.0, 2.0]]);
        expect(
            case,
            got,
            2.0 / 3.0,
            &[
                (1.0, diagonal),
                (0.5, trace),
                (2.0 / 10f64.sqrt(), squares),
                (2.0, smaller),
            ],
        );
    });
    check.case("three features, each coupled with the next", |case| {
        case.given(
            "[[2, 1, 0], [1, 2, 1], [0, 1, 2]], whose eigenvalues are 2 + √2, 2 and \
             2 − √2",
        );
        let got = rate(&[vec![2.0, 1.0, 0.0], vec![1.0, 2.0, 1.0], vec![0.0, 1.0, 2.0]]);
        expect(
            case,
            got,
            2.0 / (2.0 + 2f64.sqrt()),
            &[
                (0.5, sums),
                (1.0, diagonal),
                (
                    2.0 / 3.0,
                    "this is 2/λ for the first two rows and columns: the matrix can be \
                 of any size",
                ),
            ],
        );
    });
    check.case("a direction that a vector of ones misses", |case| {
        let angle = "a start of ones is at a right angle to the direction that is sought";
        case.given(
            "[[2, -1], [-1, 2]], whose eigenvalues are 3, along [1, -1], and 1, \
             along [1, 1]",
        );
        let got = rate(&[vec![2.0, -1.0], vec![-1.0, 2.0]]);
        expect(case, got, 2.0 / 3.0, &[(2.0, angle), (1.0, diagonal)]);
        case.given(
            "[[1, -1], [-1, 1]], whose eigenvalues are 2, along [1, -1], and 0, \
             along [1, 1]",
        );
        let got = rate(&[vec![1.0, -1.0], vec![-1.0, 1.0]]);
        expect(case, got, 1.0, &[(f64::NAN, angle), (f64::INFINITY, angle)]);
    });
    check.case("directions that other simple starts miss", |case| {
        for (hessian, across) in [
            ([[25.0, -10.0], [-10.0, 10.0]], "[1, 2]"),
            ([[10.0, -10.0], [-10.0, 25.0]], "[2, 1]"),
        ] {
            case.given(format!(
                "{hessian:?}, whose eigenvalues are 30 and 5, the smaller along {across}"
            ));
            expect(
                case,
                rate(&hessian.map(Vec::from)),
                2.0 / 30.0,
                &[(
                    0.4,
                    "this is 2/λ for the smaller eigenvalue: the start is at a right \
                 angle to the direction that is sought. Let it follow no simple \
                 pattern",
                )],
            );
        }
    });
    check.case("two eigenvalues that are close", |case| {
        case.given("the diagonal matrix of 1 and 0.99");
        expect(case, rate(&[vec![1.0, 0.0], vec![0.0, 0.99]]), 2.0, &[]);
    });
    check.case("twelve features, each coupled with the next", |case| {
        case.given("the 12 × 12 matrix with 2 on the diagonal and -1 beside it");
        let entry = |j: usize, k: usize| match j.abs_diff(k) {
            0 => 2.0,
            1 => -1.0,
            _ => 0.0,
        };
        let row = |j: usize| (0..12).map(|k| entry(j, k)).collect();
        let hessian: Vec<Vec<f64>> = (0..12).map(row).collect();
        let expected = 2.0 / (2.0 + 2.0 * (PI / 13.0).cos());
        expect(case, rate(&hessian), expected, &[(0.5, sums)]);
    });
    check.case("curvatures of any size", |case| {
        for size in [2f64.powi(-40), 2f64.powi(40)] {
            case.given(format!("the diagonal matrix of 1 and 2, times {size:e}"));
            let got = rate(&[vec![size, 0.0], vec![0.0, 2.0 * size]]);
            case.holds(
                !(1.02..1.98).contains(&(got * size)),
                "the critical learning rate",
                &format!("{:e}, to six digits", 1.0 / size),
                format!("{got:e}"),
                "it belongs to no eigenvalue: does the search end when a change is small, \
                 but not small beside λ?",
            );
            // Compared where it is 1: an error is relative to the curvature.
            expect(
                case,
                got * size,
                1.0,
                &[
                    (
                        f64::INFINITY,
                        "a small curvature is a curvature: no bound that does not \
                     depend on H can tell it from 0",
                    ),
                    (2.0, smaller),
                ],
            );
        }
    });
    check.case("just below it converges, just above it diverges", |case| {
        case.given("the Hessian of 20 random rows of 5 features, seed 2");
        let mut random = generator(2);
        let rows: Vec<Vec<f64>> =
            (0..20).map(|_| (0..5).map(|_| normal(&mut random)).collect()).collect();
        let hessian = gradus::gradient_descent::mean_squared_error_hessian(&rows);
        let critical = rate(&hessian);
        let usable = critical.is_finite() && critical > 0.0;
        let positive = "a positive, finite number";
        case.holds(
            usable,
            "the critical learning rate",
            positive,
            critical.to_string(),
            "",
        );
        if !usable {
            return;
        }
        // The quadratic ½ wᵀ H w, from a point that has a share in every direction.
        let quadratic = |w: &[f64]| {
            let gradient: Vec<f64> = hessian.iter().map(|row| dot(row, w)).collect();
            (0.5 * dot(w, &gradient), gradient)
        };
        let end = |factor: f64| {
            let start = vec![1.0, 2.0, 3.0, 4.0, 5.0];
            descend(start, factor * critical, &Rule::budget(4000), quadratic)
        };
        let (below, above) = (end(0.99), end(1.01));
        let loss = below.losses[below.steps()];
        case.holds(
            loss < 1e-12,
            "the loss after 4,000 steps at 0.99 times the rate",
            "0",
            format!("{loss:e}"),
            "0.99 times it still diverges: it is too large",
        );
        let loss = above.losses[above.steps()];
        case.holds(
            above.stop == Stop::Diverged || loss > 1e6,
            "the loss after 4,000 steps at 1.01 times the rate",
            "no bound",
            format!("{loss:e}"),
            "1.01 times it still converges: it is too small",
        );
    });
}

/// A rate that must be right to six digits, and what wrong ones suggest.
fn expect(case: &mut Case, got: f64, expected: f64, mistakes: &[(f64, &str)]) {
    let error = (got / expected - 1.0).abs();
    let what = "the critical learning rate";
    case.holds(
        !(1e-6..0.02).contains(&error),
        what,
        &format!("{expected}, to six digits"),
        got.to_string(),
        "close, but not there: go on for more rounds, and do not stop where the estimate \
         only creeps",
    );
    let mut expectation = case.number(what, got, expected).within(1e-6);
    for (value, suggests) in mistakes {
        expectation = expectation.mistake(*value, suggests);
    }
    expectation.verify();
}
