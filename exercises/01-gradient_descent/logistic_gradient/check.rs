//! Checks the gradient by hand, against finite differences, and where the model is sure.

use crate::Check;
use gradus::gradient_descent::logistic_loss;
use gradus::random::{generator, normal};

/// What the reader writes.
pub struct Answer {
    /// The gradient of the mean cross-entropy, one number for each weight.
    pub logistic_gradient:
        fn(weights: &[f64], inputs: &[Vec<f64>], targets: &[f64]) -> Vec<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("one row at even odds", |case| {
        case.given(
            "weights [0, 0], one row [3, -1], label 1: the probability is 1/2, \
             the error -1/2",
        );
        let got = (answer.logistic_gradient)(&[0.0, 0.0], &[vec![3.0, -1.0]], &[1.0]);
        case.numbers("the gradient", &got, &vec![-1.5, 0.5])
            .factor(
                -1.0,
                "the sign is flipped: the error is probability − label, \
                 not label − probability",
            )
            .factor(
                0.25,
                "a quarter of the expected value: did you multiply by the slope of σ, \
                 which is 1/4 here? It cancels",
            )
            .factor(
                0.5,
                "half the expected value: is the sum divided by the number of features? \
                 There is one row here",
            )
            .factor(
                2.0,
                "twice the expected value: does the prediction go through σ, not rounded \
                 to 0 or 1, and without a factor 2?",
            )
            .mistake(
                vec![0.0, 0.0],
                "zero: every row counts, and the probability is not rounded to 0 or 1",
            )
            .mistake(vec![-1.5, -0.5], "the last feature is left out: it need not be 1")
            .verify();
    });
    check.case("two rows, by hand", |case| {
        case.given(
            "weights [ln 3, 0], rows [1, 1] and [-1, 1], labels 0 and 0: \
             the probabilities are 3/4 and 1/4",
        );
        let rows = [vec![1.0, 1.0], vec![-1.0, 1.0]];
        let got = (answer.logistic_gradient)(&[3f64.ln(), 0.0], &rows, &[0.0, 0.0]);
        case.numbers("the gradient", &got, &vec![0.25, 0.5])
            .factor(
                2.0,
                "twice the expected value: did you sum over the 2 rows instead of \
                 averaging?",
            )
            .mistake(
                vec![-0.125, 0.125],
                "only the last row counts: add each row's share to the sum (+=)",
            )
            .mistake(
                vec![-0.25, 0.5],
                "these are the probabilities of label 0: is it σ(−z) instead of σ(z)?",
            )
            .mistake(
                vec![0.375, 0.375],
                "only the first row counts: a row whose label is the likelier one pulls \
                 too",
            )
            .mistake(
                vec![0.0, 0.0],
                "zero: in whole numbers 1 / 2 is 0. Turn them into f64 first",
            )
            .mistake(
                vec![0.0, 0.5],
                "the mean error times the mean feature is not the mean of the products: \
                 multiply row by row",
            )
            .verify();
    });
    check.case("three rows, by hand", |case| {
        case.given(
            "weights [0], rows [1.1], [2.2], [3.3], labels 1, 1, 1: each error is -1/2",
        );
        let rows = [vec![1.1], vec![2.2], vec![3.3]];
        let got = (answer.logistic_gradient)(&[0.0], &rows, &[1.0; 3]);
        case.numbers("the gradient", &got, &vec![-1.1])
            .factor(1.5, "the sum is divided by something other than the number of rows")
            .mistake(
                vec![-0.825],
                "earlier rows are divided again with each new row: divide each share \
                 once, by n",
            )
            .verify();
    });
    check.case("a weight that no row uses", |case| {
        case.given("weights [4, 0], one row [0, 1], label 1: the error is -1/2");
        let got = (answer.logistic_gradient)(&[4.0, 0.0], &[vec![0.0, 1.0]], &[1.0]);
        case.holds(
            got == [0.0, -0.5],
            "the gradient",
            "[0.0, -0.5]",
            format!("{got:?}"),
            if got.first() == Some(&0.0) {
                "close, but not exact: use the formula, not a difference of losses"
            } else {
                "the loss does not depend on the first weight: is a penalty added?"
            },
        );
    });
    check.case("random rows, against finite differences", |case| {
        case.given("9 random rows of 3 features with random labels, seed 3");
        let mut random = generator(3);
        let mut row =
            |d: usize| (0..d).map(|_| normal(&mut random)).collect::<Vec<f64>>();
        let weights = row(3);
        let inputs: Vec<_> = (0..9).map(|_| row(3)).collect();
        let targets: Vec<f64> = row(9).iter().map(|x| f64::from(*x > 0.0)).collect();
        let difference = |j: usize| {
            let shifted = |by: f64| {
                let mut weights = weights.clone();
                weights[j] += by;
                logistic_loss(&weights, &inputs, &targets)
            };
            (shifted(1e-5) - shifted(-1e-5)) / 2e-5
        };
        let expected: Vec<f64> = (0..3).map(difference).collect();
        let got = (answer.logistic_gradient)(&weights, &inputs, &targets);
        case.numbers("the gradient", &got, &expected).within(1e-8).verify();
    });
    check.case("a sure and right answer is left alone", |case| {
        for (weight, label) in [(1.0, 1.0), (-1.0, 0.0)] {
            case.given(format!(
                "weights [{weight}], one row [1000], label {label}: \
                 the probability is {label}"
            ));
            let got = (answer.logistic_gradient)(&[weight], &[vec![1000.0]], &[label]);
            let suggests = if got.iter().any(|g| g.is_nan()) {
                "∞/∞: e^z overflows for a large z. `sigmoid` does not"
            } else {
                "σ needs no bound: is the logit or the probability cut off?"
            };
            case.holds(
                got.len() == 1 && got[0].abs() < 1e-100,
                "the gradient",
                "[0.0]",
                format!("{got:?}"),
                suggests,
            );
        }
    });
    check.case("a confident mistake is corrected at full strength", |case| {
        for (weight, label) in [(1.0, 0.0), (-1.0, 1.0)] {
            case.given(format!(
                "weights [{weight}], one row [1000], label {label}: \
                 the probability is {}",
                1.0 - label
            ));
            let got = (answer.logistic_gradient)(&[weight], &[vec![1000.0]], &[label]);
            case.numbers("the gradient", &got, &vec![1000.0 - 2000.0 * label])
                .mistake(
                    vec![0.0],
                    "the slope of σ has silenced the mistake: it must not appear",
                )
                .verify();
        }
    });
}
