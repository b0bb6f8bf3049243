//! Checks the gradient by hand, against finite differences, and on a confident mistake.

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
        case.given("weights [0, 0], one row [3, -1], label 1: the probability is 1/2, the error -1/2");
        let got = (answer.logistic_gradient)(&[0.0, 0.0], &[vec![3.0, -1.0]], &[1.0]);
        case.numbers("the gradient", &got, &vec![-1.5, 0.5])
            .factor(-1.0, "the sign is flipped: the error is probability − label, not label − probability")
            .factor(0.25, "a quarter of the expected value: did you multiply by the slope of σ, which is 1/4 here? It cancels")
            .factor(2.0, "twice the expected value: the factor 2 belongs to the squared error")
            .mistake(vec![-3.0, 1.0], "twice the expected value: does the prediction go through σ, without a factor 2?")
            .verify();
    });
    check.case("two rows, by hand", |case| {
        case.given("weights [ln 3], rows [1] and [-1], labels 0 and 0: the probabilities are 3/4 and 1/4");
        let got = (answer.logistic_gradient)(&[3f64.ln()], &[vec![1.0], vec![-1.0]], &[0.0, 0.0]);
        case.numbers("the gradient", &got, &vec![0.25])
            .factor(2.0, "twice the expected value: did you sum over the 2 rows instead of averaging?")
            .mistake(vec![-0.125], "only the last row counts: add each row's share to the sum (+=)")
            .verify();
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
    check.case("a confident mistake is corrected at full strength", |case| {
        case.given("weights [1], one row [1000], label 0: the probability is 1");
        let got = (answer.logistic_gradient)(&[1.0], &[vec![1000.0]], &[0.0]);
        case.numbers("the gradient", &got, &vec![1000.0])
            .mistake(
                vec![0.0],
                "the slope of σ has silenced the mistake: it must not appear",
            )
            .verify();
    });
}
