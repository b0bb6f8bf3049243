//! Checks the first step by hand, three steps, and what ε, the corrections and the kept
//! means must be.

use crate::Check;
use gradus::training::AdamConfig;

/// What the reader writes.
pub struct Answer {
    /// Step number `t` of Adam.
    pub adam_step: fn(
        weights: &mut [f64],
        m: &mut [f64],
        v: &mut [f64],
        gradient: &[f64],
        t: i32,
        learning_rate: f64,
        config: &AdamConfig,
    ),
}

const UNCORRECTED: &str =
    "the means are not corrected: divide m by 1 − β₁ᵗ and v by 1 − β₂ᵗ";

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let step = answer.adam_step;
    let large = AdamConfig { beta1: 0.75, beta2: 0.75, epsilon: 1.0, weight_decay: 0.0 };
    check.case("the example of the statement", |case| {
        case.given("w 1, m 0, v 0, t 1, g 4, η 0.5, β₁ 0.75, β₂ 0.75, ε 1");
        let (mut w, mut m, mut v) = ([1.0], [0.0], [0.0]);
        step(&mut w, &mut m, &mut v, &[4.0], 1, 0.5, &large);
        case.numbers("m and v", &vec![m[0], v[0]], &vec![1.0, 4.0])
            .mistake(
                vec![4.0, 16.0],
                "the corrected means are kept: keep m and v, and use \
                 m̂ and v̂ for the step only",
            )
            .mistake(vec![0.0, 0.0], "the means must hold the new values afterwards")
            .mistake(vec![1.0, 1.0], "v is a mean of squares: g²")
            .mistake(vec![4.0, 4.0], "the gradient counts by 1 − β₁: m is a mean")
            .verify();
        case.number("w", w[0], 0.6)
            .mistake(1.0 - 0.5 * 1.0 / 3.0, UNCORRECTED)
            .mistake(1.0 - 0.5 * 4.0 / 17f64.sqrt(), "ε stands outside the root: √v̂ + ε")
            .mistake(
                1.0 - 0.5 * 4.0 / 6.0,
                "ε is corrected too (the root of v and ε \
                 together): ε is added last, to √v̂",
            )
            .mistake(1.0 - 0.5 * 4.0 / 17.0, "the root of v̂ is missing")
            .mistake(1.0 - 0.5 * 1.0 / 5.0, "m is not corrected: divide it by 1 − β₁ᵗ")
            .mistake(1.0 - 0.5 * 4.0 / 3.0, "v is not corrected: divide it by 1 − β₂ᵗ")
            .mistake(1.4, "the step leads uphill")
            .mistake(0.5, "ε is missing: it is added to √v̂, however large that is")
            .verify();
    });
    check.case("a rate of 0", |case| {
        case.given("w 1, m 0, v 0, t 1, g 4, η 0, β₁ 0.75, β₂ 0.75, ε 1");
        let (mut w, mut m, mut v) = ([1.0], [0.0], [0.0]);
        step(&mut w, &mut m, &mut v, &[4.0], 1, 0.0, &large);
        case.numbers("w, m and v", &vec![w[0], m[0], v[0]], &vec![1.0, 1.0, 4.0])
            .mistake(
                vec![1.0, 0.0, 0.0],
                "the weight stays, but the means take up the gradient",
            )
            .verify();
    });
    check.case("three steps by hand", |case| {
        case.given("w 1, gradients 1, 2, -1, η 0.1, β₁ 0.9, β₂ 0.999, ε 1e-8");
        let (mut w, mut m, mut v) = ([1.0], [0.0], [0.0]);
        // m: 0.1, 0.29, 0.161; v: 0.001, 0.004999, 0.005994001.
        let expected = [
            (0.1, 0.001, 1.0 - 0.1 / (1.0 + 1e-8)),
            (0.29, 0.004999, 0.9 - 0.1 * (0.29 / 0.19) / (0.004999f64 / 0.001999).sqrt()),
            (0.161, 0.005994001, 0.0),
        ];
        let third = 0.1 * (0.161 / 0.271) / (0.005994001f64 / 0.002997001).sqrt();
        for (t, (g, (m_is, v_is, w_is))) in
            [1.0, 2.0, -1.0].iter().zip(expected).enumerate()
        {
            step(
                &mut w,
                &mut m,
                &mut v,
                &[*g],
                t as i32 + 1,
                0.1,
                &AdamConfig::default(),
            );
            case.number("m", m[0], m_is).verify();
            case.number("v", v[0], v_is).verify();
            let w_is = if t == 2 { expected[1].2 - third } else { w_is };
            case.number(&format!("w after step {}", t + 1), w[0], w_is)
                .within(1e-7)
                .mistake(1.0 - 0.1 * 0.1 / 0.001f64.sqrt(), UNCORRECTED)
                .mistake(
                    0.9 - 0.1 * 2.9 / 4.999f64.sqrt(),
                    "the corrections are those of the step before: t counts from 1",
                )
                .verify();
        }
    });
    check.case("the first step is as long as the rate", |case| {
        for g in [1e-3, -1e-3, 7.0, 1e6, -1e6] {
            case.given(format!("w 0, t 1, g {g}, η 0.1, β₁ 0.9, β₂ 0.999, ε 1e-8"));
            let (mut w, mut m, mut v) = ([0.0], [0.0], [0.0]);
            step(&mut w, &mut m, &mut v, &[g], 1, 0.1, &AdamConfig::default());
            case.number("w", w[0], -0.1 * g / (g.abs() + 1e-8))
                .within(1e-7)
                .mistake(-0.1 * 0.1 / 0.001f64.sqrt() * g.signum(), UNCORRECTED)
                .mistake(
                    -0.1 * g / (g * g + 1e-8).sqrt(),
                    "ε stands outside the root: √v̂ + ε",
                )
                .verify();
        }
    });
    check.case("a gradient as small as ε", |case| {
        for g in [0.01, 1e-12] {
            case.given(format!("w 0, t 1, g {g:?}, η 1, β₁ 0.9, β₂ 0.999, ε {g:?}"));
            let config = AdamConfig { epsilon: g, ..AdamConfig::default() };
            let (mut w, mut m, mut v) = ([0.0], [0.0], [0.0]);
            step(&mut w, &mut m, &mut v, &[g], 1, 1.0, &config);
            let corrected = 1.0 / (1.0 + 1.0 / 0.001f64.sqrt());
            case.number("w", w[0], -0.5)
                .mistake(
                    -corrected,
                    "ε is added before v is corrected, as in TensorFlow 1: \
                 correct first, then take the root, then add ε",
                )
                .mistake(-g / (g * g + g).sqrt(), "ε stands outside the root")
                .mistake(-g / (g + 1e-8), "ε is `config.epsilon`, however small that is")
                .verify();
        }
    });
    check.case("a gradient of 0", |case| {
        case.given("w 3, m 0, v 0, t 1, g 0");
        let (mut w, mut m, mut v) = ([3.0], [0.0], [0.0]);
        step(&mut w, &mut m, &mut v, &[0.0], 1, 0.1, &AdamConfig::default());
        case.number("w", w[0], 3.0)
            .mistake(f64::NAN, "0/0: ε keeps the divisor away from 0")
            .verify();
        case.given("w 3, m 2, v 4, t 5, g 0, η 0.5, β₁ 0.75, β₂ 0.75, ε 1");
        let (mut w, mut m, mut v) = ([3.0], [2.0], [4.0]);
        step(&mut w, &mut m, &mut v, &[0.0], 5, 0.5, &large);
        let (m_hat, v_hat) =
            (1.5 / (1.0 - 0.75f64.powi(5)), 3.0f64 / (1.0 - 0.75f64.powi(5)));
        case.number("w", w[0], 3.0 - 0.5 * m_hat / (v_hat.sqrt() + 1.0))
            .mistake(3.0, "the walk goes on by the mean that it remembers")
            .verify();
    });
    check.case("a late step", |case| {
        case.given("w 0, m 1, v 1, t 100000, g 1, η 0.25, β₁ 0.75, β₂ 0.75, ε 1");
        let (mut w, mut m, mut v) = ([0.0], [1.0], [1.0]);
        step(&mut w, &mut m, &mut v, &[1.0], 100_000, 0.25, &large);
        case.number("w", w[0], -0.125).verify();
        case.given("w 0, m 1, v 1, t 1001, g 1, η 0.25, β₁ 0.75, β₂ 0.999, ε 1");
        let config = AdamConfig { beta2: 0.999, ..large };
        let (mut w, mut m, mut v) = ([0.0], [1.0], [1.0]);
        step(&mut w, &mut m, &mut v, &[1.0], 1001, 0.25, &config);
        let root = |t: i32| (1.0 / (1.0 - 0.999f64.powi(t))).sqrt();
        let still = "β₂ᵗ is 0.37 here: v is corrected in every step, with its own t";
        case.number("w", w[0], -0.25 / (root(1001) + 1.0))
            .mistake(-0.125, still)
            .mistake(-0.25 / (root(1000) + 1.0), still)
            .verify();
    });
    check.case("every weight for itself", |case| {
        case.given("50 weights, gradients (i − 20) / 3, weight_decay 0.3, five steps");
        let config = AdamConfig { weight_decay: 0.3, ..large };
        let gradient: Vec<f64> = (0..50).map(|i| f64::from(i - 20) / 3.0).collect();
        let (mut w, mut m, mut v) = (vec![1.0; 50], vec![0.0; 50], vec![0.0; 50]);
        for t in 1..=5 {
            step(&mut w, &mut m, &mut v, &gradient, t, 0.5, &config);
        }
        // The same gradient every time: m̂ = g, v̂ = g².
        let expected: Vec<f64> =
            gradient.iter().map(|g| 1.0 - 2.5 * g / (g.abs() + 1.0)).collect();
        case.numbers("the weights", &w, &expected)
            .mistake(vec![1.0; 50], "the weights do not move")
            .verify();
    });
    check.case("no weights", |case| {
        case.given("all slices empty");
        step(&mut [], &mut [], &mut [], &[], 1, 0.5, &large);
    });
}
