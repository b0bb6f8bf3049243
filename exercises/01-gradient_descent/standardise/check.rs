//! Checks the scale by hand, and that no test row can change anything but itself.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// The training rows and the test rows, scaled with the statistics of the training
    /// rows.
    pub standardise: fn(train: &[Vec<f64>], test: &[Vec<f64>]) -> Tables,
}

/// Scaled training rows, scaled test rows.
pub type Tables = (Vec<Vec<f64>>, Vec<Vec<f64>>);

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let train = [vec![1.0, 10.0], vec![3.0, 10.0], vec![5.0, 40.0], vec![7.0, 40.0]];
    let root5 = 5f64.sqrt();
    check.case("training rows, by hand", |case| {
        case.given("training rows [1, 10], [3, 10], [5, 40], [7, 40]: means 4 and 25, deviations √5 and 15; no test rows");
        let expected = vec![
            vec![-3.0 / root5, -1.0],
            vec![-1.0 / root5, -1.0],
            vec![1.0 / root5, 1.0],
            vec![3.0 / root5, 1.0],
        ];
        let scaled = |by: [f64; 2]| expected.iter().map(|row| vec![row[0] * by[0], row[1] * by[1]]).collect::<Vec<_>>();
        let sample = 0.75f64.sqrt();
        case.numbers("the scaled training rows", &(answer.standardise)(&train, &[]).0, &expected)
            .mistake(scaled([1.0 / root5, 1.0 / 15.0]), "divided by the variance: the deviation is its square root")
            .mistake(scaled([root5, 15.0]), "the mean is subtracted, but nothing is divided by the deviation")
            .mistake(scaled([sample, sample]), "the variance is divided by n − 1: here it is the mean over all n rows")
            .verify();
    });
    check.case("test rows use the training statistics", |case| {
        case.given("the same training rows, one test row [4, 55]");
        let got = (answer.standardise)(&train, &[vec![4.0, 55.0]]).1;
        case.numbers("the scaled test row", &got, &vec![vec![0.0, 2.0]])
            .mistake(vec![vec![0.0, 0.0]], "the test rows were scaled with their own statistics")
            .mistake(vec![vec![4.0, 55.0]], "the test rows were not scaled")
            .mistake(
                vec![vec![0.0, 4.0 / 3.0]],
                "the statistics depend on the test rows: fit them on the training rows only",
            )
            .mistake(
                pooled(&train, &[4.0, 55.0]),
                "the statistics depend on the test rows: fit them on the training rows only",
            )
            .verify();
    });
    check.case("test rows change nothing in training", |case| {
        case.given("the same training rows, with a test row [1000, -1000] and without");
        let (with, without) = (
            (answer.standardise)(&train, &[vec![1000.0, -1000.0]]).0,
            (answer.standardise)(&train, &[]).0,
        );
        let otherwise =
            "the statistics depend on the test rows: fit them on the training rows only";
        case.holds(
            with == without,
            "the scaled training rows",
            "the same with and without it",
            "they differ",
            otherwise,
        );
    });
    check.case("a constant feature", |case| {
        case.given("training rows [2, 1], [2, 3], test row [5, 2]: the first feature is constant");
        let (train, test) = (answer.standardise)(&[vec![2.0, 1.0], vec![2.0, 3.0]], &[vec![5.0, 2.0]]);
        case.numbers("the scaled training rows", &train, &vec![vec![0.0, -1.0], vec![0.0, 1.0]]).verify();
        case.numbers("the scaled test row", &test, &vec![vec![3.0, 0.0]])
            .mistake(vec![vec![0.0, 0.0]], "a constant feature is only shifted: 5 − 2 = 3")
            .verify();
    });
    check.case("a feature on a tiny scale, and a single row", |case| {
        case.given("training rows [0.001], [0.003]: mean 0.002, deviation 0.001");
        let got = (answer.standardise)(&[vec![0.001], vec![0.003]], &[]).0;
        case.numbers("the scaled training rows", &got, &vec![vec![-1.0], vec![1.0]])
            .verify();
        case.given("a single training row [5]: its deviation is 0");
        case.numbers(
            "the scaled training row",
            &(answer.standardise)(&[vec![5.0]], &[]).0,
            &vec![vec![0.0]],
        )
        .verify();
    });
}

/// What the first test row becomes if it is among the rows that are fitted.
fn pooled(train: &[Vec<f64>], test: &[f64]) -> Vec<Vec<f64>> {
    let all: Vec<Vec<f64>> = train.iter().cloned().chain([test.to_vec()]).collect();
    gradus::gradient_descent::Standardiser::fit(&all).apply(&[test.to_vec()])
}
