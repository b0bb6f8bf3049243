//! Checks 2/λmax on matrices whose eigenvalues are known, then by descending just below
//! and just above it.

use crate::Check;
use gradus::gradient_descent::{Rule, Stop, descend, dot};
use gradus::random::{generator, normal};

/// What the reader writes.
pub struct Answer {
    /// 2/λmax of a symmetric matrix without negative eigenvalues.
    pub critical_learning_rate: fn(hessian: &[Vec<f64>]) -> f64,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("a single number", |case| {
        case.given("[[4]], whose eigenvalue is 4");
        case.number("the critical learning rate", (answer.critical_learning_rate)(&[vec![4.0]]), 0.5)
            .mistake(
                0.25,
                "this is 1/λ, the rate that reaches the minimum in one step: divergence begins at 2/λ",
            )
            .mistake(4.0, "this is λ itself: return 2/λ")
            .verify();
    });
    check.case("a diagonal matrix", |case| {
        case.given("the diagonal matrix of 1, 10 and 3, whose eigenvalues are 1, 10 and 3");
        let diagonal = [vec![1.0, 0.0, 0.0], vec![0.0, 10.0, 0.0], vec![0.0, 0.0, 3.0]];
        case.number("the critical learning rate", (answer.critical_learning_rate)(&diagonal), 0.2)
            .within(1e-6)
            .mistake(2.0, "this is 2/λ for the smallest eigenvalue: the largest one sets the limit")
            .mistake(
                2.0 / 14.0,
                "this is 2 divided by the sum of the diagonal: only the largest eigenvalue counts",
            )
            .verify();
    });
    check.case("a direction between the axes", |case| {
        case.given("[[2, 1], [1, 2]], whose eigenvalues are 3 and 1");
        let got = (answer.critical_learning_rate)(&[vec![2.0, 1.0], vec![1.0, 2.0]]);
        case.number("the critical learning rate", got, 2.0 / 3.0)
            .within(1e-6)
            .mistake(1.0, "this is 2 divided by the largest number on the diagonal: off the axes the stretch can be larger")
            .mistake(0.5, "this is 2 divided by the sum of the diagonal: only the largest eigenvalue counts")
            .mistake(2.0 / 10f64.sqrt(), "this is 2 divided by the root of the sum of squares, which is larger than λ")
            .verify();
    });
    check.case("a direction that a vector of ones misses", |case| {
        case.given("[[2, -1], [-1, 2]], whose eigenvalues are 3, along [1, -1], and 1, along [1, 1]");
        let got = (answer.critical_learning_rate)(&[vec![2.0, -1.0], vec![-1.0, 2.0]]);
        case.number("the critical learning rate", got, 2.0 / 3.0)
            .within(1e-6)
            .mistake(2.0, "this is 2/λ for the smaller eigenvalue: a start of ones is at a right angle to the larger one")
            .mistake(1.0, "this is 2 divided by the largest number on the diagonal")
            .verify();
    });
    check.case("two eigenvalues that are close", |case| {
        case.given("the diagonal matrix of 1 and 0.99");
        let got = (answer.critical_learning_rate)(&[vec![1.0, 0.0], vec![0.0, 0.99]]);
        case.holds(
            (got - 2.0).abs() < 1e-6,
            "the critical learning rate",
            "2, to six digits",
            format!("{got}"),
            "close, but not there: when two eigenvalues are close, power iteration needs more rounds",
        );
    });
    check.case("just below it converges, just above it diverges", |case| {
        case.given("the Hessian of 20 random rows of 5 features, seed 2");
        let mut random = generator(2);
        let rows: Vec<Vec<f64>> =
            (0..20).map(|_| (0..5).map(|_| normal(&mut random)).collect()).collect();
        let hessian = gradus::gradient_descent::mean_squared_error_hessian(&rows);
        let rate = (answer.critical_learning_rate)(&hessian);
        // The quadratic ½ wᵀ H w, from a point that has a share in every direction.
        let quadratic = |w: &[f64]| {
            let gradient: Vec<f64> = hessian.iter().map(|row| dot(row, w)).collect();
            (0.5 * dot(w, &gradient), gradient)
        };
        let end = |factor: f64| {
            descend(
                vec![1.0, 2.0, 3.0, 4.0, 5.0],
                factor * rate,
                &Rule::budget(4000),
                quadratic,
            )
        };
        let (below, above) = (end(0.99), end(1.01));
        let loss = below.losses[below.steps()];
        let converges = "0.99 times it still diverges: it is too large";
        case.holds(
            loss < 1e-12,
            "the loss after 4,000 steps at 0.99 times the rate",
            "0",
            loss.to_string(),
            converges,
        );
        let loss = above.losses[above.steps()];
        let diverges = above.stop == Stop::Diverged || loss > 1e6;
        let otherwise = "1.01 times it still converges: it is too small";
        case.holds(
            diverges,
            "the loss after 4,000 steps at 1.01 times the rate",
            "no bound",
            loss.to_string(),
            otherwise,
        );
    });
}
