//! Checks the loss where it is easy, then where the plain formula breaks.

use crate::{Case, Check};

/// What the reader writes.
pub struct Answer {
    /// The binary cross-entropy of a logit and a target.
    pub stable_bce: fn(z: f64, y: f64) -> f64,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let plain = |z: f64, y: f64| {
        let p = 1.0 / (1.0 + (-z).exp());
        -y * p.ln() - (1.0 - y) * (1.0 - p).ln()
    };
    check.case("even odds", |case| {
        for y in [1.0, 0.0, 0.5] {
            case.given(format!("stable_bce(0.0, {y:?})"));
            case.number("the loss", (answer.stable_bce)(0.0, y), 2f64.ln())
                .factor(-1.0, "the sign is flipped: a loss is not negative")
                .mistake(
                    0.0,
                    "where z is 0 the loss is ln 2: does a branch belong to it?",
                )
                .verify();
        }
    });
    check.case("moderate logits", |case| {
        for (z, y) in [(2.0, 1.0), (2.0, 0.0), (-1.5, 1.0), (-1.5, 0.0)] {
            case.given(format!("stable_bce({z:?}, {y:?})"));
            case.number("the loss", (answer.stable_bce)(z, y), plain(z, y))
                .mistake(
                    plain(z, 1.0 - y),
                    "this is the loss for the other label: are y and 1 − y swapped?",
                )
                .mistake(
                    plain(z, y) + z.abs(),
                    "|z| too much: e⁻ᶻ in the logarithm and max(z, 0) do not fit \
                     together for negative z. Is it e^−|z|?",
                )
                .verify();
        }
    });
    check.case("a target between 0 and 1", |case| {
        let suggests = "this is the loss for a label of 0 or 1: both terms count, and y \
                        is not rounded";
        for (z, y) in [(1.5, 0.3), (-0.7, 0.9)] {
            case.given(format!("stable_bce({z:?}, {y:?})"));
            case.number("the loss", (answer.stable_bce)(z, y), plain(z, y))
                .mistake(plain(z, 1.0), suggests)
                .mistake(plain(z, 0.0), suggests)
                .verify();
        }
    });
    check.case("huge logits", |case| {
        large(
            case,
            answer,
            &[
                (1000.0, 0.0, 1000.0),
                (-1000.0, 1.0, 1000.0),
                (1000.0, 1.0, 0.0),
                (-1000.0, 0.0, 0.0),
            ],
        );
    });
    check.case("huge logits and a target between 0 and 1", |case| {
        large(
            case,
            answer,
            &[(100.0, 0.5, 50.0), (-100.0, 0.25, 25.0), (1000.0, 0.75, 250.0)],
        );
    });
    check.case("tiny losses keep their digits", |case| {
        for (z, y) in [(40.0, 1.0), (-40.0, 0.0)] {
            case.given(format!("stable_bce({z:?}, {y:?}), which is e⁻⁴⁰ to 17 digits"));
            tiny(case, (answer.stable_bce)(z, y), (-40f64).exp());
        }
    });
    check.case("every size between", |case| {
        for z in [5.0, 10.0, 21.0, 30.0, 34.0, 36.0, 37.0, 38.0, 50.0, 200.0, 700.0] {
            for (z, y) in [(z, 1.0), (-z, 0.0)] {
                case.given(format!("stable_bce({z:?}, {y:?})"));
                tiny(case, (answer.stable_bce)(z, y), (-z.abs()).exp().ln_1p());
            }
        }
    });
}

/// Logits, targets and losses that are right to their last digit.
fn large(case: &mut Case, answer: &Answer, expected: &[(f64, f64, f64)]) {
    for (z, y, loss) in expected {
        case.given(format!("stable_bce({z:?}, {y:?})"));
        let got = (answer.stable_bce)(*z, *y);
        let suggests = match got {
            _ if got.is_nan() => {
                "not a number: somewhere 0 meets ∞. Collect the terms before you compute"
            }
            _ if got.is_infinite() => {
                "infinite: σ(z) has rounded to 0 or 1, or an exponential overflowed"
            }
            _ if 0.0 < *y && *y < 1.0 => {
                "this is not the loss for this target: is y rounded where z is large?"
            }
            _ if (20.0..50.0).contains(&got) => {
                "the loss stops growing: clamping the probability hides the mistake and \
                 its gradient"
            }
            _ if 50.0 < got && got < *loss => {
                "the loss stops growing: is z cut off at some bound?"
            }
            _ => "",
        };
        let right = (got - loss).abs() <= 1e-9;
        case.holds(right, "the loss", &loss.to_string(), got.to_string(), suggests);
    }
}

/// A loss that is small, and must be right to twelve digits.
fn tiny(case: &mut Case, got: f64, loss: f64) {
    let suggests = match got {
        0.0 => {
            "rounded away: 1 + e^−|z| has rounded to 1 (`ln_1p` keeps the digits), or \
             two large numbers were subtracted after it was added to one of them. Or is a \
             small loss set to 0? It has no floor"
        }
        _ if got.is_nan() => "not a number: somewhere 0 meets ∞",
        _ if (got / loss - 1.0).abs() < 0.5 => {
            "close, but digits are missing: `ln_1p` keeps them, and nothing large must \
             be added and taken away again"
        }
        _ => "the loss has no floor: it goes on falling like e^−|z|",
    };
    case.holds(
        (got / loss - 1.0).abs() < 1e-12,
        "the loss",
        &format!("{loss:e}"),
        format!("{got:e}"),
        suggests,
    );
}
