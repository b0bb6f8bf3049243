//! Checks the loss by hand, that it is a mean over rows of any length, and logits that
//! overflow, vanish or round.

use crate::{Case, Check};

/// What the reader writes.
pub struct Answer {
    /// The mean cross-entropy of rows of logits with their targets.
    pub softmax_cross_entropy: fn(logits: &[Vec<f64>], targets: &[usize]) -> f64,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let loss = answer.softmax_cross_entropy;
    check.case("equal logits", |case| {
        for (classes, target) in [(3, 0), (3, 2), (10, 7)] {
            case.given(format!("{classes} logits of 0, target {target}"));
            let expected = (classes as f64).ln();
            case.number("the loss", loss(&[vec![0.0; classes]], &[target]), expected)
                .factor(-1.0, "the sign is flipped: a loss is not negative")
                .mistake(1.0 / classes as f64, "this is the probability: take −ln of it")
                .mistake(
                    2f64.ln(),
                    "this is the loss of two classes: all C logits of a row count",
                )
                .verify();
        }
    });
    // Probabilities 1/8, 2/8, 5/8.
    let row = || vec![0.0, 2f64.ln(), 5f64.ln()];
    check.case("one row, by hand", |case| {
        for (target, p) in [(0, 1.0 / 8.0), (1, 2.0 / 8.0), (2, 5.0 / 8.0)] {
            case.given(format!(
                "logits [0, ln 2, ln 5], so the probabilities are 1/8, 2/8 and 5/8; \
                 target {target}"
            ));
            case.number("the loss", loss(&[row()], &[target]), -f64::ln(p))
                .mistake(
                    -f64::ln(softmax(&softmax(&row()))[target]),
                    "softmax twice: the probabilities went through it again",
                )
                .mistake(p, "this is the probability: the loss is −ln of it")
                .mistake(
                    -softmax(&row()).iter().map(|p| p.ln()).sum::<f64>(),
                    "the losses of all classes are added up: only the target counts",
                )
                .verify();
        }
    });
    check.case("the mean over rows", |case| {
        case.given("logits [0, ln 2, ln 5] and [ln 5, 0, ln 2], targets 1 and 0");
        let other = vec![5f64.ln(), 0.0, 2f64.ln()];
        let sum = -(2f64 / 8.0).ln() - (5f64 / 8.0).ln();
        case.number("the loss", loss(&[row(), other], &[1, 0]), sum / 2.0)
            .mistake(sum, "this is the sum over the rows: a loss is the mean")
            .mistake(sum / 3.0, "divided by the classes: the mean is over the rows")
            .mistake(sum / 6.0, "divided by all logits: the mean is over the rows")
            .mistake(-(2f64 / 8.0).ln(), "this is the loss of the first row alone")
            .mistake(-(5f64 / 8.0).ln(), "this is the loss of the last row alone")
            .verify();
    });
    check.case("other numbers of classes and rows", |case| {
        case.given("a single class, logit 3: its probability is 1");
        case.number("the loss", loss(&[vec![3.0]], &[0]), 0.0).verify();
        for (rows, classes) in [(7, 2), (4, 9)] {
            case.given(format!("{rows} rows of {classes} logits, sin(1), sin(2), …"));
            let logit = |i: usize, j: usize| ((i * classes + j + 1) as f64).sin();
            let logits: Vec<Vec<f64>> =
                (0..rows).map(|i| (0..classes).map(|j| logit(i, j)).collect()).collect();
            let targets: Vec<usize> = (0..rows).map(|i| (2 * i + 1) % classes).collect();
            let pairs = logits.iter().zip(&targets);
            let sum: f64 = pairs.map(|(z, t)| -softmax(z)[*t].ln()).sum();
            case.number("the loss", loss(&logits, &targets), sum / rows as f64)
                .mistake(sum, "this is the sum over the rows: a loss is the mean")
                .verify();
        }
    });
    check.case("huge logits", |case| {
        for row in
            [[1000.0, 0.0, -1000.0], [0.0, 1000.0, -1000.0], [-1000.0, 0.0, 1000.0]]
        {
            for target in 0..3 {
                case.given(format!("logits {row:?}, target {target}"));
                large(case, loss(&[row.to_vec()], &[target]), 1000.0 - row[target]);
            }
        }
        case.given("logits [1e300, -1e300], target 1");
        large(case, loss(&[vec![1e300, -1e300]], &[1]), 2e300);
    });
    check.case("very negative logits", |case| {
        case.given("logits [-1000, -1000], target 1");
        large(case, loss(&[vec![-1000.0; 2]], &[1]), 2f64.ln());
    });
    check.case("rows of very different size", |case| {
        case.given("logits [0, 0] and [3000, 3000], targets 0 and 1");
        let got = loss(&[vec![0.0; 2], vec![3000.0; 2]], &[0, 1]);
        let suggests = "is the largest logit of the whole table taken away? Every row \
                        has its own";
        case.holds(got.is_finite(), "the loss", "ln 2", got.to_string(), suggests);
        case.number("the loss", got, 2f64.ln()).verify();
    });
    check.case("a shift changes nothing", |case| {
        // Powers of 2 and small integers: the shifted logits are exact.
        for shift in [-1e6, 2f64.powi(40), -2f64.powi(50)] {
            case.given(format!("logits [0, 1, 3] + {shift:e}, target 1"));
            let logits = vec![shift, 1.0 + shift, 3.0 + shift];
            let expected = -softmax(&[0.0, 1.0, 3.0])[1].ln();
            let got = loss(&[logits], &[1]);
            let lost = "close, but digits are lost: subtract the large numbers from each \
                        other, and add the logarithm last";
            let close = got.is_finite() && (got - expected).abs() < 0.7;
            case.holds(
                (got - expected).abs() < 1e-9,
                "the loss",
                &expected.to_string(),
                got.to_string(),
                if close { lost } else { "what counts is the difference to the largest" },
            );
        }
    });
}

/// A loss of one row with extreme logits.
fn large(case: &mut Case, got: f64, expected: f64) {
    let suggests = match got {
        _ if got.is_nan() => {
            "not a number: ∞/∞ or 0/0. Take the largest logit of the row away first"
        }
        _ if got.is_infinite() => {
            "infinite: the probability has rounded to 0, or a sum has overflowed. \
             Compute ln p without p, and take the *largest* logit of the row away first, \
             wherever it stands"
        }
        _ if got < expected => {
            "the loss stops growing: is the probability kept away from 0 by hand?"
        }
        _ => "",
    };
    let right = (got - expected).abs() <= 1e-9 * expected.max(1.0);
    case.holds(right, "the loss", &expected.to_string(), got.to_string(), suggests);
}

/// Softmax as it is written down: for small logits.
fn softmax(z: &[f64]) -> Vec<f64> {
    let sum: f64 = z.iter().map(|z| z.exp()).sum();
    z.iter().map(|z| z.exp() / sum).collect()
}
