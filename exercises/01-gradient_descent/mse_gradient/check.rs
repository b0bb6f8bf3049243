//! Checks the gradient by hand on small tables, then against finite differences.

use crate::Check;
use gradus::gradient_descent::{dot, mean_squared_error};
use gradus::random::{generator, normal};

/// What the reader writes.
pub struct Answer {
    /// The gradient of the mean squared error, one number for each weight.
    pub mse_gradient:
        fn(weights: &[f64], inputs: &[Vec<f64>], targets: &[f64]) -> Vec<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("one row, by hand", |case| {
        case.given("weights [1, -2], one row [3, 1], target 0.5: the prediction is 1, the error 0.5");
        let got = (answer.mse_gradient)(&[1.0, -2.0], &[vec![3.0, 1.0]], &[0.5]);
        case.numbers("the gradient", &got, &vec![3.0, 1.0])
            .factor(-1.0, "the sign is flipped: the error is prediction − target, not target − prediction")
            .factor(0.5, "half the expected value: the derivative of a square brings a factor 2 (or did you divide by the \
                          number of features?)")
            .mistake(vec![1.0, 1.0], "each weight's share must be multiplied by its feature")
            .mistake(vec![1.5, 0.5], "half the expected value: the derivative of a square brings a factor 2")
            .mistake(vec![6.0, 2.0], "the target is not subtracted: the error is prediction − target")
            .verify();
    });
    check.case("two rows, by hand", |case| {
        case.given("weights [1, -2], rows [3, 1] and [1, 2], targets 0.5 and -4: the errors are 0.5 and 1");
        let got = (answer.mse_gradient)(&[1.0, -2.0], &[vec![3.0, 1.0], vec![1.0, 2.0]], &[0.5, -4.0]);
        case.numbers("the gradient", &got, &vec![2.5, 2.5])
            .factor(2.0, "twice the expected value: did you sum over the 2 rows instead of averaging?")
            .mistake(vec![1.0, 2.0], "only the last row counts: add each row's share to the sum (+=)")
            .verify();
    });
    check.case("three rows, one feature", |case| {
        case.given("weights [2], rows [1], [2], [3], targets 0, 0, 0");
        let got = (answer.mse_gradient)(&[2.0], &[vec![1.0], vec![2.0], vec![3.0]], &[0.0; 3]);
        case.numbers("the gradient", &got, &vec![56.0 / 3.0])
            .factor(3.0, "three times the expected value: did you sum over the 3 rows instead of averaging?")
            .factor(1.5, "the sum is divided by something other than the number of rows")
            .verify();
    });
    check.case("a perfect fit has no slope", |case| {
        case.given("targets that the weights predict exactly");
        let inputs = [vec![1.0, 2.0], vec![-3.0, 0.5]];
        let targets = inputs.each_ref().map(|x| dot(&[0.3, 0.7], x));
        case.numbers(
            "the gradient",
            &(answer.mse_gradient)(&[0.3, 0.7], &inputs, &targets),
            &vec![0.0; 2],
        )
        .verify();
    });
    check.case("random rows, against finite differences", |case| {
        case.given("7 random rows of 4 features, seed 1");
        let mut random = generator(1);
        let mut row =
            |d: usize| (0..d).map(|_| normal(&mut random)).collect::<Vec<f64>>();
        let (weights, targets) = (row(4), row(7));
        let inputs: Vec<_> = (0..7).map(|_| row(4)).collect();
        let difference = |j: usize| {
            let shifted = |by: f64| {
                let mut weights = weights.clone();
                weights[j] += by;
                mean_squared_error(&weights, &inputs, &targets)
            };
            (shifted(1e-5) - shifted(-1e-5)) / 2e-5
        };
        let expected: Vec<f64> = (0..4).map(difference).collect();
        let got = (answer.mse_gradient)(&weights, &inputs, &targets);
        case.numbers("the gradient", &got, &expected).within(1e-7).verify();
    });
}
