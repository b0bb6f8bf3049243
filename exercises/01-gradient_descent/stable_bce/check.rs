//! Checks the loss where it is easy, then where the plain formula breaks.

use crate::Check;

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
        case.given("stable_bce(0.0, 1.0)");
        case.number("the loss", (answer.stable_bce)(0.0, 1.0), 2f64.ln())
            .factor(-1.0, "the sign is flipped: a loss is not negative")
            .verify();
    });
    check.case("moderate logits", |case| {
        for (z, y) in [(2.0, 1.0), (2.0, 0.0), (-1.5, 1.0), (-1.5, 0.0)] {
            case.given(format!("stable_bce({z:?}, {y:?})"));
            case.number("the loss", (answer.stable_bce)(z, y), plain(z, y))
                .mistake(
                    plain(z, 1.0 - y),
                    "this is the loss for the other label: are y and 1 − y swapped?",
                )
                .verify();
        }
    });
    check.case("a target between 0 and 1", |case| {
        for (z, y) in [(1.5, 0.3), (-0.7, 0.9)] {
            case.given(format!("stable_bce({z:?}, {y:?})"));
            case.number("the loss", (answer.stable_bce)(z, y), plain(z, y))
                .mistake(plain(z, 1.0), "only one of the two terms is there")
                .mistake(plain(z, 0.0), "only one of the two terms is there")
                .verify();
        }
    });
    check.case("huge logits", |case| {
        for (z, y, loss) in
            [(1000.0, 0.0, 1000.0), (-1000.0, 1.0, 1000.0), (1000.0, 1.0, 0.0), (-1000.0, 0.0, 0.0)]
        {
            case.given(format!("stable_bce({z:?}, {y:?})"));
            let got = (answer.stable_bce)(z, y);
            let suggests = match got {
                _ if got.is_nan() => {
                    "not a number: somewhere 0 meets ∞. Collect the terms before you compute"
                }
                _ if got.is_infinite() => {
                    "infinite: σ(z) has rounded to 0 or 1, or an exponential overflowed"
                }
                _ if (20.0..50.0).contains(&got) => {
                    "the loss stops growing: clamping the probability hides the mistake and its gradient"
                }
                _ => "",
            };
            case.holds((got - loss).abs() <= 1e-9, "the loss", &loss.to_string(), got.to_string(), suggests);
        }
    });
    check.case("tiny losses keep their digits", |case| {
        for (z, y) in [(40.0, 1.0), (-40.0, 0.0)] {
            case.given(format!("stable_bce({z:?}, {y:?}), which is e⁻⁴⁰ to 17 digits"));
            let (got, loss) = ((answer.stable_bce)(z, y), (-40f64).exp());
            let suggests = "1 + e^−|z| has rounded to 1: `ln_1p` keeps the digits";
            case.holds(
                (got / loss - 1.0).abs() < 1e-12,
                "the loss",
                &loss.to_string(),
                got.to_string(),
                suggests,
            );
        }
    });
}
