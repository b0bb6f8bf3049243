//! Checks one step from rest, two with the same gradient, then a rate that changes.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// One step with momentum.
    pub momentum_step: fn(
        weights: &mut [f64],
        velocity: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
        mu: f64,
    ),
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let step = answer.momentum_step;
    check.case("from rest", |case| {
        case.given("weights [1, -2], velocity [0, 0], gradient [4, -8], η 0.5, μ 0.25");
        let (mut w, mut v) = ([1.0, -2.0], [0.0; 2]);
        step(&mut w, &mut v, &[4.0, -8.0], 0.5, 0.25);
        case.numbers("the velocity", &v[..], &[4.0, -8.0])
            .mistake(
                vec![3.0, -6.0],
                "the gradient counts whole: (1 − μ) belongs to \
                 another form",
            )
            .mistake(
                vec![1.0, -2.0],
                "μ belongs to the old velocity alone: μ v + g, and not μ (v + g)",
            )
            .mistake(
                vec![-2.0, 4.0],
                "the learning rate belongs to the step, not into the \
                 velocity: it may be another one next time",
            )
            .mistake(
                vec![2.0, -4.0],
                "the learning rate belongs to the step, not into the \
                 velocity: it may be another one next time",
            )
            .mistake(
                vec![0.0, 0.0],
                "the velocity is as it was: it is the optimizer's \
                 memory, and must hold the new value",
            )
            .verify();
        case.numbers("the weights", &w[..], &[-1.0, 2.0])
            .mistake(vec![1.0, -2.0], "the weights do not move: take the *new* velocity")
            .mistake(vec![3.0, -6.0], "the step leads uphill")
            .mistake(
                vec![0.0, 0.0],
                "this is half the step: w − η · v, with the whole of the new v",
            )
            .mistake(
                vec![-1.5, 3.0],
                "this is Nesterov's step, g + μ v: here it is v alone",
            )
            .verify();
    });
    check.case("the example of the statement", |case| {
        let (mut w, mut v) = ([1.0], [0.0]);
        case.given("weights [1], velocity [0], gradient [2], η 0.1, μ 0.5");
        step(&mut w, &mut v, &[2.0], 0.1, 0.5);
        case.numbers("weight and velocity", &vec![w[0], v[0]], &vec![0.8, 2.0]).verify();
        case.given("then the gradient [2] again");
        step(&mut w, &mut v, &[2.0], 0.1, 0.5);
        case.numbers("weight and velocity", &vec![w[0], v[0]], &vec![0.5, 3.0])
            .mistake(vec![0.6, 2.0], "nothing is left of the first gradient: v ← μ v + g")
            .mistake(vec![0.6, 3.0], "the step is made with the gradient, or with the old velocity: it is w − η v, with the new v")
            .mistake(vec![0.4, 4.0], "μ is not used")
            .verify();
    });
    check.case("a velocity that is still there", |case| {
        let (mut w, mut v) = ([5.0, 5.0, 5.0], [8.0, -8.0, 0.0]);
        case.given("weights [5, 5, 5], velocity [8, -8, 0], gradient 0, η 0.5, μ 0.75");
        step(&mut w, &mut v, &[0.0; 3], 0.5, 0.75);
        case.numbers("the velocity", &v[..], &[6.0, -6.0, 0.0]).verify();
        case.numbers("the weights", &w[..], &[2.0, 8.0, 5.0])
            .mistake(vec![5.0; 3], "without a gradient the walk goes on by its momentum")
            .verify();
    });
    check.case("a rate that changes", |case| {
        let (mut w, mut v) = ([0.0], [0.0]);
        case.given("weights [0], gradient [1] three times, η 1, then 0, then 0.125, μ 0.5");
        for learning_rate in [1.0, 0.0, 0.125] {
            step(&mut w, &mut v, &[1.0], learning_rate, 0.5);
        }
        case.number("the weight", w[0], -1.21875)
            .mistake(
                -1.1875,
                "with a rate of 0 the weights stay, but the velocity takes up the gradient",
            )
            .mistake(
                -1.875,
                "the first gradient still has the rate it came with: η belongs \
                 to the step, not into the velocity",
            )
            .verify();
    });
    check.case("no momentum, and all of it", |case| {
        let (mut w, mut v) = ([1.0, 2.0], [100.0, -3.0]);
        case.given("weights [1, 2], velocity [100, -3], gradient [1, 4], η 0.5, μ 0");
        step(&mut w, &mut v, &[1.0, 4.0], 0.5, 0.0);
        case.numbers("the weights", &w[..], &[0.5, 0.0]).verify();
        case.numbers("the velocity", &v[..], &[1.0, 4.0]).verify();
        let (mut w, mut v) = ([0.0], [3.0]);
        case.given("weights [0], velocity [3], gradient [1], η 0.5, μ 1");
        step(&mut w, &mut v, &[1.0], 0.5, 1.0);
        case.numbers("weight and velocity", &vec![w[0], v[0]], &vec![-2.0, 4.0]).verify();
    });
    check.case("a hundred steps", |case| {
        case.given("weights [0, 0], gradient [1, -3] a hundred times, η 0.01, μ 0.9");
        let (mut w, mut v) = ([0.0; 2], [0.0; 2]);
        for _ in 0..100 {
            step(&mut w, &mut v, &[1.0, -3.0], 0.01, 0.9);
        }
        // v = (1 − μⁿ)/(1 − μ), and the sum of those over n.
        let power = 0.9f64.powi(100);
        let speed = (1.0 - power) / 0.1;
        let way = (100.0 - 0.9 * speed) / 0.1 * 0.01;
        case.numbers("the velocity", &v[..], &[speed, -3.0 * speed]).verify();
        case.numbers("the weights", &w[..], &[-way, 3.0 * way]).verify();
    });
    check.case("many weights, and none", |case| {
        case.given(
            "weights i = 0, 1000, …, 39000, velocities 2i, gradients −i, η 0.5, μ 0.25",
        );
        let mut w: Vec<f64> = (0..40).map(|i| 1000.0 * f64::from(i)).collect();
        let mut v: Vec<f64> = w.iter().map(|w| 2.0 * w).collect();
        let g: Vec<f64> = w.iter().map(|w| -w).collect();
        let expected: Vec<f64> = w.iter().map(|w| 1.25 * w).collect();
        step(&mut w, &mut v, &g, 0.5, 0.25);
        case.numbers("the weights", &w, &expected).verify();
        case.given("no weights");
        step(&mut [], &mut [], &[], 0.5, 0.25);
    });
}
