//! Checks the decay alone, then beside a direction, then what `adam` was given.

use crate::{Case, Check};

type Adam<'a> = &'a mut dyn FnMut(&[f64]) -> Vec<f64>;

/// What the reader writes.
pub struct Answer {
    /// One step of AdamW.
    pub adamw_decay: fn(
        weights: &mut [f64],
        axes: usize,
        gradient: &[f64],
        adam: Adam<'_>,
        learning_rate: f64,
        decay: f64,
    ),
}

const OLD: &str = "both parts use the weight as it was before the step";

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    // One step, in which Adam must be called once.
    let step = |case: &mut Case,
                w: &mut [f64],
                axes,
                g: &[f64],
                adam: Adam,
                rate,
                decay| {
        let mut calls = 0;
        let mut counted = |g: &[f64]| {
            calls += 1;
            adam(g)
        };
        (answer.adamw_decay)(w, axes, g, &mut counted, rate, decay);
        let once = "every call changes its moments: once in a step, whatever gradient, rate \
                    and weights are";
        case.equal("how often Adam was called", calls, 1, once);
    };
    check.case("a gradient of 0", |case| {
        case.given("weights [2, -4], a matrix, gradient [0, 0], η 0.1, λ 0.5");
        let mut w = [2.0, -4.0];
        let mut adam =
            |g: &[f64]| g.iter().map(|g| g.signum() * f64::from(*g != 0.0)).collect();
        step(case, &mut w, 2, &[0.0; 2], &mut adam, 0.1, 0.5);
        case.numbers("the weights", &w[..], &[1.9, -3.8])
            .mistake(
                vec![1.9, -3.9],
                "the decay went into the gradient, and Adam has scaled \
                 it: large weights and small ones lose the same",
            )
            .mistake(vec![2.1, -4.2], "the weights grow: what is kept is 1 − η λ")
            .mistake(vec![1.0, -2.0], "the decay has no learning rate: it is η λ w")
            .mistake(vec![2.0, -4.0], "nothing decays")
            .mistake(
                vec![1.9, -4.1],
                "every weight is lowered by the same: it is towards 0 \
                 that they decay",
            )
            .verify();
    });
    check.case("the example of the statement", |case| {
        for (axes, expected) in [(2, 1.25), (1, 1.5)] {
            case.given(format!("weights [2], axes {axes}, direction [1], η 0.5, λ 0.25"));
            let mut w = [2.0];
            step(case, &mut w, axes, &[0.3], &mut |_| vec![1.0], 0.5, 0.25);
            case.number("the weight", w[0], expected)
                .mistake(1.25, "a bias has one axis, and does not decay")
                .mistake(1.3125, OLD)
                .mistake(1.5, "nothing decays")
                .mistake(1.75, "Adam's direction is not used")
                .mistake(2.25, "Adam's direction is followed uphill")
                .verify();
        }
    });
    check.case("what Adam is given", |case| {
        case.given(
            "weights [10, -20, 30], a matrix, gradient [1000, 2, -3], η 0.1, λ 0.5",
        );
        let (mut seen, mut w) = (Vec::new(), [10.0, -20.0, 30.0]);
        let mut adam = |g: &[f64]| {
            seen.push(g.to_vec());
            vec![0.5, -0.5, 1.0]
        };
        step(case, &mut w, 2, &[1000.0, 2.0, -3.0], &mut adam, 0.1, 0.5);
        let given = seen.first().cloned().unwrap_or_default();
        case.numbers(
            "the gradient that Adam was given",
            &given,
            &vec![1000.0, 2.0, -3.0],
        )
        .mistake(
            vec![1005.0, -8.0, 12.0],
            "the decay went into the gradient: Adam would \
                 divide it by the size of the gradients",
        )
        .verify();
        case.numbers("the weights", &w[..], &[9.45, -18.95, 28.4])
            .mistake(vec![9.4525, -18.9525, 28.405], OLD)
            .verify();
    });
    check.case("what does not decay", |case| {
        for (axes, decays) in [(0, false), (1, false), (2, true), (3, true), (4, true)] {
            case.given(format!(
                "weights [8, 8], axes {axes}, direction 0, η 0.25, λ 0.5"
            ));
            let mut w = [8.0; 2];
            step(case, &mut w, axes, &[1.0; 2], &mut |_| vec![0.0; 2], 0.25, 0.5);
            let expected = if decays { 7.0 } else { 8.0 };
            case.numbers("the weights", &w[..], &[expected; 2])
                .mistake(vec![7.0; 2], "fewer than two axes: no decay")
                .mistake(vec![8.0; 2], "two axes or more: it decays")
                .verify();
        }
    });
    check.case("no decay, and no rate", |case| {
        case.given("weights [3, -1], a matrix, direction [1, 1], η 0.5, λ 0");
        let mut w = [3.0, -1.0];
        step(case, &mut w, 2, &[1.0; 2], &mut |_| vec![1.0; 2], 0.5, 0.0);
        case.numbers("the weights", &w[..], &[2.5, -1.5]).verify();
        case.given("weights [3, -1], a matrix, direction [1, 1], η 0, λ 0.5");
        let mut w = [3.0, -1.0];
        step(case, &mut w, 2, &[1.0; 2], &mut |_| vec![1.0; 2], 0.0, 0.5);
        case.numbers("the weights", &w[..], &[3.0, -1.0])
            .mistake(vec![1.5, -0.5], "the decay has no learning rate: it is η λ w")
            .verify();
    });
    check.case("many weights, and none", |case| {
        case.given("100 weights i, a matrix, direction i / 2, η 0.5, λ 1, twice");
        let mut w: Vec<f64> = (0..100).map(f64::from).collect();
        let half: Vec<f64> = w.iter().map(|w| w / 2.0).collect();
        let expected: Vec<f64> = w.iter().map(|w| -w / 8.0).collect();
        for _ in 0..2 {
            step(case, &mut w, 2, &half.clone(), &mut |g| g.to_vec(), 0.5, 1.0);
        }
        case.numbers("the weights", &w, &expected).verify();
        case.given("no weights");
        step(case, &mut [], 2, &[], &mut |g| g.to_vec(), 0.5, 1.0);
    });
}
