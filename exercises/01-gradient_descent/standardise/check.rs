//! Checks the scale by hand, that no test row can change anything but itself, and
//! features that are constant, tiny or far from 0.

use crate::Check;
use gradus::gradient_descent::Standardiser;

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
    let leak =
        "the statistics depend on the test rows: fit them on the training rows only";
    let train = [vec![1.0, 10.0], vec![3.0, 10.0], vec![5.0, 40.0], vec![7.0, 40.0]];
    check.case("training rows, by hand", |case| {
        case.given(
            "training rows [1, 10], [3, 10], [5, 40], [7, 40]: means 4 and 25, \
             deviations √5 and 15; no test rows",
        );
        // The rows, if these are the means and the deviations.
        let rows = |mean: [f64; 2], deviation: [f64; 2]| -> Vec<Vec<f64>> {
            let scale = |row: &Vec<f64>| {
                (0..2).map(|j| (row[j] - mean[j]) / deviation[j]).collect()
            };
            train.iter().map(scale).collect()
        };
        let (mean, deviation) = ([4.0, 25.0], [5f64.sqrt(), 15.0]);
        let got = (answer.standardise)(&train, &[]).0;
        case.numbers("the scaled training rows", &got, &rows(mean, deviation))
            .mistake(
                train.to_vec(),
                "the training rows came back as they are: are the features counted in \
                 the test rows? There are none here",
            )
            .mistake(
                rows(mean, [5.0, 225.0]),
                "divided by the variance: the deviation is its square root",
            )
            .mistake(
                rows(mean, [1.0, 1.0]),
                "the mean is subtracted, but nothing is divided by the deviation",
            )
            .mistake(
                rows(mean, [(20f64 / 3.0).sqrt(), 300f64.sqrt()]),
                "the variance is divided by n − 1: here it is the mean over all n rows",
            )
            .mistake(
                rows(mean, deviation.map(|s| s + 1e-8)),
                "close, but not exact: is something added to the deviation?",
            )
            .mistake(
                rows(mean, [21f64.sqrt(), 850f64.sqrt()]),
                "the mean is subtracted twice: the deviation was computed from rows that \
                 were shifted already",
            )
            .mistake(
                rows([4.0, 0.0], [deviation[0], 1.0]),
                "the last feature is left as it was: every feature is scaled",
            )
            .mistake(
                vec![vec![-1.0, 1.0]; 4],
                "every row is scaled by itself: mean and deviation belong to a feature, \
                 over all rows",
            )
            .mistake(
                rows([14.5; 2], [225.25f64.sqrt(); 2]),
                "one mean and one deviation for the whole table: each feature has its \
                 own",
            )
            .verify();
    });
    check.case("test rows use the training statistics", |case| {
        case.given("the same training rows, one test row [4, 55]");
        let test = [vec![4.0, 55.0]];
        let all: Vec<_> = train.iter().chain(&test).cloned().collect();
        let got = (answer.standardise)(&train, &test).1;
        case.numbers("the scaled test row", &got, &vec![vec![0.0, 2.0]])
            .mistake(
                vec![vec![0.0, 0.0]],
                "the test rows were scaled with their own statistics",
            )
            .mistake(test.to_vec(), "the test rows were not scaled")
            .mistake(vec![vec![0.0, 4.0 / 3.0]], leak)
            .mistake(Standardiser::fit(&all).apply(&test), leak)
            .verify();
    });
    check.case("the example of the statement", |case| {
        case.given("training rows [1] and [3], test row [6]: mean 2, deviation 1");
        let (train, test) = (answer.standardise)(&[vec![1.0], vec![3.0]], &[vec![6.0]]);
        case.numbers("the scaled training rows", &train, &vec![vec![-1.0], vec![1.0]])
            .verify();
        case.numbers("the scaled test row", &test, &vec![vec![4.0]])
            .mistake(
                vec![vec![3.0]],
                "a value far from the mean is cut off: the formula is the same for all",
            )
            .verify();
    });
    check.case("test rows change nothing in training", |case| {
        case.given("the same training rows, with a test row [1000, -1000] and without");
        let with = (answer.standardise)(&train, &[vec![1000.0, -1000.0]]).0;
        let without = (answer.standardise)(&train, &[]).0;
        let same = "the same with and without it";
        case.holds(
            with == without,
            "the scaled training rows",
            same,
            "they differ",
            leak,
        );
    });
    check.case("a constant feature", |case| {
        for value in [2.0, 1.0, 0.0] {
            case.given(format!(
                "training rows [{value}, 1], [{value}, 3], test rows [{}, 2], [{}, 2]",
                value + 3.0,
                value + 7.0
            ));
            let (train, test) = (answer.standardise)(
                &[vec![value, 1.0], vec![value, 3.0]],
                &[vec![value + 3.0, 2.0], vec![value + 7.0, 2.0]],
            );
            let expected = vec![vec![0.0, -1.0], vec![0.0, 1.0]];
            case.numbers("the scaled training rows", &train, &expected)
                .mistake(
                    vec![vec![value, -1.0], vec![value, 1.0]],
                    "a constant feature is shifted too: it becomes 0",
                )
                .mistake(
                    vec![vec![f64::NAN, -1.0], vec![f64::NAN, 1.0]],
                    "not a number: 0/0. The deviation of equal values counts as 1",
                )
                .verify();
            case.numbers(
                "the scaled test rows",
                &test,
                &vec![vec![3.0, 0.0], vec![7.0, 0.0]],
            )
            .mistake(
                vec![vec![0.0, 0.0]; 2],
                "a constant feature is only shifted: the test values keep their \
                 distance from it",
            )
            .mistake(vec![vec![1.5, 0.0], vec![3.5, 0.0]], leak)
            .verify();
        }
    });
    check.case("a single training row", |case| {
        case.given("training row [5], test row [7]: all training values are equal");
        let (train, test) = (answer.standardise)(&[vec![5.0]], &[vec![7.0]]);
        case.numbers("the scaled training row", &train, &vec![vec![0.0]])
            .mistake(vec![vec![5.0]], "a single row is shifted too: its mean is itself")
            .verify();
        case.numbers("the scaled test row", &test, &vec![vec![2.0]]).verify();
    });
    check.case("some values are equal, but not all", |case| {
        let deviation = (8f64 / 9.0).sqrt();
        for train in [[1.0, 3.0, 1.0], [1.0, 1.0, 3.0], [3.0, 1.0, 1.0]] {
            case.given(format!(
                "training values {train:?}: mean 5/3, deviation √(8/9); no test rows"
            ));
            let rows: Vec<_> = train.iter().map(|x| vec![*x]).collect();
            let scaled = |mean: f64, deviation: f64| -> Vec<Vec<f64>> {
                train.iter().map(|x| vec![(x - mean) / deviation]).collect()
            };
            let all = "a deviation of 1 is for a feature whose values are *all* equal";
            case.numbers(
                "the scaled training rows",
                &(answer.standardise)(&rows, &[]).0,
                &scaled(5.0 / 3.0, deviation),
            )
            .mistake(scaled(train[0], 1.0), all)
            .mistake(scaled(5.0 / 3.0, 1.0), all)
            .verify();
        }
    });
    check.case("equal values whose computed mean rounds", |case| {
        case.given("training rows [0.1], [0.1], [0.1], test row [5]");
        let (train, test) = (answer.standardise)(&vec![vec![0.1]; 3], &[vec![5.0]]);
        let rounds = "(0.1 + 0.1 + 0.1) / 3 is not 0.1, nor is the deviation 0: \
                      ask first whether all training values are equal";
        case.numbers("the scaled training rows", &train, &vec![vec![0.0]; 3])
            .mistake(vec![vec![-1.0]; 3], rounds)
            .mistake(vec![vec![f64::NAN]; 3], rounds)
            .verify();
        case.numbers("the scaled test row", &test, &vec![vec![4.9]]).verify();
    });
    check.case("a feature on a tiny scale", |case| {
        let tiny = 2f64.powi(-100);
        case.given("training rows [2⁻¹⁰⁰], [3·2⁻¹⁰⁰]: mean 2·2⁻¹⁰⁰, deviation 2⁻¹⁰⁰");
        let got = (answer.standardise)(&[vec![tiny], vec![3.0 * tiny]], &[]).0;
        case.numbers("the scaled training rows", &got, &vec![vec![-1.0], vec![1.0]])
            .mistake(
                vec![vec![-tiny], vec![tiny]],
                "a small deviation is a deviation: only equal values are left unscaled, \
                 and nothing is added to it",
            )
            .verify();
    });
    check.case("a feature far from 0", |case| {
        let digits = "Σx²/n − mean² loses all its digits where the mean is large: take \
                      the mean of (x − mean)²";
        case.given("training rows [10⁹ − 2], [10⁹ + 2]: mean 10⁹, deviation 2");
        let got = (answer.standardise)(&[vec![1e9 - 2.0], vec![1e9 + 2.0]], &[]).0;
        case.numbers("the scaled training rows", &got, &vec![vec![-1.0], vec![1.0]])
            .mistake(vec![vec![-2.0], vec![2.0]], digits)
            .mistake(vec![vec![f64::NEG_INFINITY], vec![f64::INFINITY]], digits)
            .verify();
        let equal = "10¹² − 2 and 10¹² + 2 are close, but not equal: only values that are \
                     exactly equal have the deviation 1";
        case.given("training rows [10¹² − 2], [10¹² + 2]: mean 10¹², deviation 2");
        let got = (answer.standardise)(&[vec![1e12 - 2.0], vec![1e12 + 2.0]], &[]).0;
        case.numbers("the scaled training rows", &got, &vec![vec![-1.0], vec![1.0]])
            .mistake(vec![vec![0.0], vec![4.0]], equal)
            .mistake(vec![vec![-2.0], vec![2.0]], equal)
            .verify();
    });
}
