//! The numbers that the page works out by hand.

use gradus::neural_network::Parameter;
use gradus::tensor::Array;
use gradus::training::*;

/// A parameter alone in its group.
fn group(parameter: &Parameter<f64>) -> Vec<Group<f64>> {
    vec![Group { parameters: vec![parameter.clone()], rate: 1.0, decay: true }]
}

fn number(value: f64) -> Parameter<f64> {
    Parameter::new(Array::scalar(value))
}

fn adam(parameter: &Parameter<f64>, weight_decay: f64) -> Adam<f64> {
    Adam::new(group(parameter), AdamConfig { weight_decay, ..AdamConfig::default() })
}

fn one(gradient: f64) -> Vec<Option<Array<f64>>> {
    vec![Some(Array::scalar(gradient))]
}

#[track_caller]
fn assert_rounds_to(got: f64, expected: f64, digits: i32) {
    let gap = (got - expected).abs();
    assert!(gap <= 0.5 * 10f64.powi(-digits), "{got} is not {expected}");
}

#[test]
fn two_of_four_gradients_have_a_third_of_the_variance() {
    let gradients = [1.0, 3.0, 5.0, 7.0];
    let variance = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / values.len() as f64
    };
    let mut pairs = Vec::new();
    for (place, a) in gradients.iter().enumerate() {
        pairs.extend(gradients[place + 1..].iter().map(|b| (a + b) / 2.0));
    }
    assert_eq!(pairs, [2.0, 3.0, 4.0, 4.0, 5.0, 6.0]);
    assert_eq!(variance(&gradients), 5.0);
    assert!((variance(&pairs) - 5.0 / 3.0).abs() < 1e-12);
    // Drawn with replacement: sixteen pairs, half the variance.
    let all: Vec<f64> = gradients
        .iter()
        .flat_map(|a| gradients.iter().map(move |b| (a + b) / 2.0))
        .collect();
    assert_eq!((all.len(), variance(&all)), (16, 2.5));
}

#[test]
fn three_steps_of_adam() {
    let w = number(1.0);
    let mut optimizer = adam(&w, 0.0);
    let steps = [
        (1.0, 0.1, 0.001, 0.9),
        (2.0, 0.29, 0.004999, 0.8035),
        (-1.0, 0.161, 0.005994, 0.7615),
    ];
    for (gradient, m, v, after) in steps {
        optimizer.step(&one(gradient), 0.1);
        let state = &optimizer.state()[0];
        assert_rounds_to(state.arrays[0].1.item(), m, 6);
        assert_rounds_to(state.arrays[1].1.item(), v, 6);
        assert_rounds_to(w.value().item(), after, 4);
    }
    // Without the corrections the first step is 0.1 · 0.1/√0.001.
    assert_rounds_to(0.1 * 0.1 / 0.001f64.sqrt(), 0.316, 3);
}

#[test]
fn epsilon_after_the_correction_and_before_it() {
    let w = number(0.0);
    adam(&w, 0.0).step(&one(1e-8), 1.0);
    assert_rounds_to(-w.value().item(), 0.5, 4);
    // As in TensorFlow 1: η √(1 − β₂)/(1 − β₁) · m / (√v + ε).
    let (m, v) = (0.1 * 1e-8, 0.001 * 1e-16f64);
    let other = 0.001f64.sqrt() / 0.1 * m / (v.sqrt() + 1e-8);
    assert_rounds_to(other, 0.03, 2);
    assert_rounds_to(1.0 / 0.001f64.sqrt(), 31.6, 1);
}

#[test]
fn decay_in_the_gradient_takes_the_same_from_every_weight() {
    for (start, outside, inside) in
        [(2.0, 1.9, 1.9), (-4.0, -3.8, -3.9), (100.0, 95.0, 99.9)]
    {
        let w = number(start);
        adam(&w, 0.5).step(&one(0.0), 0.1);
        assert_rounds_to(w.value().item(), outside, 6);
        let w = number(start);
        adam(&w, 0.0).step(&one(0.5 * start), 0.1);
        assert_rounds_to(w.value().item(), inside, 6);
    }
}

#[test]
fn three_rows_and_one() {
    let mut sum = Accumulated::new(1);
    sum.add(0.0, one(2.0), 3);
    sum.add(0.0, one(6.0), 1);
    assert_eq!(sum.mean().gradients[0].as_ref().unwrap().item(), 3.0);
}

#[test]
fn two_steps_with_momentum() {
    let w = number(0.0);
    let mut sgd =
        Sgd::new(group(&w), SgdConfig { momentum: 0.9, ..SgdConfig::default() });
    for after in [-0.1, -0.29] {
        sgd.step(&one(1.0), 0.1);
        assert_rounds_to(w.value().item(), after, 9);
    }
    // The velocity tends to ten times a gradient that stays.
    for _ in 0..500 {
        sgd.step(&one(1.0), 0.1);
    }
    assert_rounds_to(sgd.state()[0].arrays[0].1.item(), 10.0, 9);
}
