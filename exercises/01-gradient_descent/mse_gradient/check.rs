//! Checks the gradient by hand on small tables, then against finite differences, then
//! where the numbers are small or large.

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
        case.given(
            "weights [1, -2, 0.5], one row [3, 1, 2], target 1.5: \
             the prediction is 2, the error 0.5",
        );
        let got =
            (answer.mse_gradient)(&[1.0, -2.0, 0.5], &[vec![3.0, 1.0, 2.0]], &[1.5]);
        case.numbers("the gradient", &got, &vec![3.0, 1.0, 2.0])
            .factor(
                -1.0,
                "the sign is flipped: the error is prediction − target, \
                 not target − prediction",
            )
            .factor(
                0.5,
                "half the expected value: the derivative of a square brings a factor 2",
            )
            .factor(
                1.0 / 3.0,
                "a third of the expected value: is the sum divided by the number of \
                 features? There is one row here",
            )
            .mistake(
                vec![1.0, 1.0, 1.0],
                "each weight's share must be multiplied by its feature",
            )
            .mistake(
                vec![3.0, 1.0, 1.0],
                "the last feature is left out: it need not be 1",
            )
            .mistake(
                vec![12.0, 4.0, 8.0],
                "the target is not subtracted: the error is prediction − target",
            )
            .verify();
    });
    check.case("the example of the statement", |case| {
        case.given("weights [2], rows [1] and [2], targets 3 and 5: both errors are -1");
        let got = (answer.mse_gradient)(&[2.0], &[vec![1.0], vec![2.0]], &[3.0, 5.0]);
        case.numbers("the gradient", &got, &vec![-3.0])
            .factor(-1.0, "the error has a sign: it is prediction − target, here −1")
            .factor(
                2.0,
                "twice the expected value: did you sum over the 2 rows instead of \
                 averaging, or divide by n − 1?",
            )
            .mistake(
                vec![-2.0],
                "only the last row counts: add each row's share to the sum (+=)",
            )
            .mistake(
                vec![-5.0],
                "the second row carries the error of the first: begin each row's error \
                 anew",
            )
            .verify();
    });
    check.case("two rows, by hand", |case| {
        case.given(
            "weights [1, -2], rows [3, 1] and [1, 2], targets 0.5 and -4: \
             the errors are 0.5 and 1",
        );
        let got = (answer.mse_gradient)(
            &[1.0, -2.0],
            &[vec![3.0, 1.0], vec![1.0, 2.0]],
            &[0.5, -4.0],
        );
        case.numbers("the gradient", &got, &vec![2.5, 2.5]).verify();
    });
    check.case("three rows, one feature", |case| {
        case.given("weights [2], rows [1], [2], [3], targets 0, 0, 0");
        let rows = [vec![1.0], vec![2.0], vec![3.0]];
        let got = (answer.mse_gradient)(&[2.0], &rows, &[0.0; 3]);
        case.numbers("the gradient", &got, &vec![56.0 / 3.0])
            .factor(1.5, "the sum is divided by something other than the number of rows")
            .mistake(vec![0.0], "zero: in whole numbers, 2 / 3 is 0")
            .verify();
    });
    check.case("a perfect fit has no slope", |case| {
        case.given("targets that the weights predict exactly");
        let inputs = [vec![1.0, 2.0], vec![-3.0, 0.5]];
        let targets = inputs.each_ref().map(|x| dot(&[0.3, 0.7], x));
        let got = (answer.mse_gradient)(&[0.3, 0.7], &inputs, &targets);
        case.numbers("the gradient", &got, &vec![0.0; 2]).verify();
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
    check.case("small errors and large gradients", |case| {
        let error = 2f64.powi(-20);
        case.given("weights [1], one row [1024], target 1024 − 2⁻²⁰: the error is 2⁻²⁰");
        let got = (answer.mse_gradient)(&[1.0], &[vec![1024.0]], &[1024.0 - error]);
        case.numbers("the gradient", &got, &vec![2048.0 * error])
            .mistake(vec![0.0], "a small error counts too, and its feature is large")
            .verify();
        case.given("weights [0], one row [128], target 65536: the error is -65536");
        let got = (answer.mse_gradient)(&[0.0], &[vec![128.0]], &[65536.0]);
        case.numbers("the gradient", &got, &vec![-16_777_216.0])
            .mistake(vec![-1000.0], "the gradient is cut short: return all of it")
            .mistake(vec![-256_000.0], "the error is cut short: all of it counts")
            .verify();
    });
}
