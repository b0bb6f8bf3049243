//! Checks the checker: right gradients, planted faults, and what hides faults.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// How wrong a claimed gradient is.
    pub gradient_check: fn(loss: fn(&[f64]) -> f64, at: &[f64], gradient: &[f64]) -> f64,
}

/// A loss whose elements depend on each other: (w₀ + w₁ w₂)² / 2.
fn coupled(w: &[f64]) -> f64 {
    (w[0] + w[1] * w[2]).powi(2) / 2.0
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("the example of the statement", |case| {
        for (claim, expected) in [(6.0, 0.0), (5.0, 1.0 / 6.0), (60.0, 9.0), (-6.0, 2.0)]
        {
            case.given(format!("loss = w² at w = 3, claimed gradient {claim:?}"));
            let got = (answer.gradient_check)(|w| w[0] * w[0], &[3.0], &[claim]);
            case.number("how wrong it is", got, expected)
                .within(1e-5)
                .mistake(
                    expected * 6.0,
                    "the difference is divided by max(1, the largest |n|), here 6",
                )
                .mistake(
                    (claim - 6.0) / 6.0,
                    "too small counts as wrong as too large: take the absolute value",
                )
                .verify();
        }
    });
    check.case("a fault in any one element", |case| {
        let right = [-5.0, -15.0, -20.0]; // (w₀ + w₁ w₂) · (1, w₂, w₁) at (−17, 4, 3)
        let at = [-17.0, 4.0, 3.0];
        case.given("loss = (w₀ + w₁ w₂)² / 2 at (-17, 4, 3), the right gradient");
        let got = (answer.gradient_check)(coupled, &at, &right);
        case.number("how wrong it is", got, 0.0).within(1e-5).verify();
        for element in 0..3 {
            let mut claim = right;
            claim[element] += 2.0;
            case.given(format!(
                "loss = (w₀ + w₁ w₂)² / 2 at {at:?}, claimed gradient {claim:?}: number \
                 {element} is wrong"
            ));
            let got = (answer.gradient_check)(coupled, &at, &claim);
            case.number("how wrong it is", got, 0.1)
                .within(1e-5)
                .mistake(
                    0.0,
                    "the fault is not seen: is every element compared, and the largest \
                     difference kept?",
                )
                .mistake(
                    0.1 / 3.0,
                    "a mean hides a single fault: the largest difference counts",
                )
                .mistake(
                    2.0 / right[element].abs(),
                    "divided by this element's own slope, or by the largest so far: the \
                     scale is the largest of all",
                )
                .mistake(2.0, "the scale is max(1, the largest |n|), here 20")
                .verify();
        }
    });
    check.case("slopes of 0", |case| {
        for (claim, expected) in [([0.0, 0.0], 0.0), ([0.0, 0.25], 0.25)] {
            case.given(format!("a loss that is always 7, claimed gradient {claim:?}"));
            let got = (answer.gradient_check)(|_| 7.0, &[1.0, 2.0], &claim);
            let divided = "0 was divided by 0: the scale is at least 1";
            case.holds(
                !got.is_nan(),
                "how wrong it is",
                &expected.to_string(),
                "NaN",
                divided,
            );
            case.number("how wrong it is", got, expected)
                .mistake(f64::INFINITY, divided)
                .verify();
        }
    });
    check.case("small slopes", |case| {
        case.given("loss = w / 10⁸ at w = 1, claimed gradient 0");
        let got = (answer.gradient_check)(|w| w[0] / 1e8, &[1.0], &[0.0]);
        case.number("how wrong it is", got, 1e-8)
            .mistake(1.0, "the scale is at least 1, also where all slopes are small")
            .mistake(0.0, "a small difference is still one: 10⁻⁸ is the result, not 0")
            .verify();
    });
    check.case("a loss that is curved", |case| {
        // Up and down cancel what is curved; one side alone is off by 1000 h.
        case.given("loss = 1000 (w − 2)² at w = 2, claimed gradient 0: it is right");
        let loss = |w: &[f64]| 1000.0 * (w[0] - 2.0).powi(2);
        let got = (answer.gradient_check)(loss, &[2.0], &[0.0]);
        case.number("how wrong it is", got, 0.0)
            .within(1e-7)
            .mistake(
                1e-2,
                "a right gradient is blamed: look on both sides of the point, h up and h \
                 down",
            )
            .verify();
    });
    check.case("only one number is moved", |case| {
        // Beside the point, at (±h, 0), the second slope is not 0 but ±10⁵ h.
        case.given("loss = 10⁵ w₀ w₁ at (0, 0), claimed gradient [0, 0]: it is right");
        let got = (answer.gradient_check)(|w| 1e5 * w[0] * w[1], &[0.0; 2], &[0.0; 2]);
        case.number("how wrong it is", got, 0.0)
            .mistake(
                1.0,
                "number 0 was still moved when it was the turn of number 1: every move \
                 starts from the point itself",
            )
            .verify();
    });
    check.case("the step", |case| {
        // The central difference of c w³ at 0 is c h².
        case.given(
            "loss = 10⁹ w³ at w = 0, claimed gradient 0: the difference is 10⁹ h²",
        );
        let got = (answer.gradient_check)(|w| 1e9 * w[0].powi(3), &[0.0], &[0.0]);
        case.number("how wrong it is", got, 0.1)
            .within(1e-6)
            .mistake(0.4, "the step is h = 1e-5 to each side")
            .mistake(0.025, "the step is h = 1e-5 to each side, not half of it")
            .verify();
        case.given("loss = 10⁹ (w − 100)³ at w = 100, claimed gradient 0: again 10⁹ h²");
        let loss = |w: &[f64]| 1e9 * (w[0] - 100.0).powi(3);
        let got = (answer.gradient_check)(loss, &[100.0], &[0.0]);
        case.number("how wrong it is", got, 0.1)
            .within(1e-6)
            .mistake(1.0, "the step is h = 1e-5 wherever the point lies")
            .verify();
    });
    check.case("not a number", |case| {
        let slips =
            "a NaN slips through: `max` ignores it, and no comparison with it is true";
        for claim in [[f64::NAN, 2.0], [2.0, f64::NAN]] {
            case.given(format!("loss = w₀ · w₁ at (2, 2), claimed gradient {claim:?}"));
            let got = (answer.gradient_check)(|w| w[0] * w[1], &[2.0, 2.0], &claim);
            infinite(case, got, slips);
        }
        case.given("a loss that is NaN everywhere, claimed gradient [1]");
        infinite(case, (answer.gradient_check)(|_| f64::NAN, &[1.0], &[1.0]), slips);
        case.given("a loss that is infinite for w > 0, and 0 else, at w = 0");
        let jump = |w: &[f64]| if w[0] > 0.0 { f64::INFINITY } else { 0.0 };
        let got = (answer.gradient_check)(jump, &[0.0], &[1.0]);
        let divided = "the slope is infinite here, and so is the scale: ∞/∞ is NaN, so ask \
                       after the division";
        infinite(case, got, divided);
    });
    check.case("many elements, and none", |case| {
        let at: Vec<f64> = (0..200).map(|i| f64::from(i) / 100.0 - 1.0).collect();
        let mut claim: Vec<f64> = at.iter().map(|w| 3.0 * w * w).collect();
        let loss = |w: &[f64]| w.iter().map(|w| w.powi(3)).sum();
        case.given("loss = Σ w³ of 200 numbers, the right gradient");
        let got = (answer.gradient_check)(loss, &at, &claim);
        case.number("how wrong it is", got, 0.0).within(1e-6).verify();
        claim[137] = 0.0;
        case.given("the same, and element 137 of the gradient is 0");
        let got = (answer.gradient_check)(loss, &at, &claim);
        case.number("how wrong it is", got, 3.0 * at[137] * at[137] / 3.0)
            .within(1e-6)
            .verify();
        case.given("no elements");
        let got = (answer.gradient_check)(|_| 1.0, &[], &[]);
        case.number("how wrong it is", got, 0.0)
            .mistake(f64::NEG_INFINITY, "no difference is less than 0: begin there")
            .verify();
    });
}

fn infinite(case: &mut crate::Case, got: f64, otherwise: &str) {
    let infinite = got == f64::INFINITY;
    case.holds(infinite, "how wrong it is", "infinite", got.to_string(), otherwise);
}
