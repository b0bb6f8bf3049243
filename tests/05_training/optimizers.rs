//! Optimizers against their equations.

use gradus::neural_network::Parameter;
use gradus::tensor::Array;
use gradus::training::*;

fn parameter(values: &[f64]) -> Parameter<f64> {
    Parameter::new(Array::new(values.to_vec(), &[values.len()]))
}

fn gradient(values: &[f64]) -> Vec<Option<Array<f64>>> {
    vec![Some(Array::new(values.to_vec(), &[values.len()]))]
}

fn group(parameter: &Parameter<f64>, decay: bool) -> Vec<Group<f64>> {
    vec![Group { parameters: vec![parameter.clone()], rate: 1.0, decay }]
}

#[track_caller]
fn assert_close(got: &[f64], expected: &[f64]) {
    assert_eq!(got.len(), expected.len());
    for (got, expected) in got.iter().zip(expected) {
        assert!(
            (got - expected).abs() <= 1e-12 * expected.abs().max(1.0),
            "{got} {expected}"
        );
    }
}

/// g = 1, 2, −1 from w = 1 at η = 0.1, with the moments worked out on paper.
#[test]
fn adam_takes_the_three_steps_worked_out_by_hand() {
    let w = parameter(&[1.0]);
    let mut adam = Adam::new(group(&w, false), AdamConfig::default());
    let (mut m, mut v, mut expected) = (0.0f64, 0.0f64, 1.0f64);
    for (step, g) in [1.0f64, 2.0, -1.0].into_iter().enumerate() {
        adam.step(&gradient(&[g]), 0.1);
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        let t = step as i32 + 1;
        let (m_hat, v_hat) = (m / (1.0 - 0.9f64.powi(t)), v / (1.0 - 0.999f64.powi(t)));
        expected -= 0.1 * m_hat / (v_hat.sqrt() + 1e-8);
        assert_close(&w.value().to_vec(), &[expected]);
    }
    // The first step is η whatever the size of the gradient, but for ε.
    let tiny = parameter(&[0.0]);
    Adam::new(group(&tiny, false), AdamConfig::default()).step(&gradient(&[1e-3]), 0.1);
    assert!((tiny.value().item() + 0.1).abs() < 1e-5);
    // ε stands outside the root and after the correction: at g = ε the first step is half.
    let small = parameter(&[0.0]);
    Adam::new(group(&small, false), AdamConfig::default()).step(&gradient(&[1e-8]), 0.1);
    assert!((small.value().item() + 0.05).abs() < 1e-9, "{}", small.value().item());
}

#[test]
fn weight_decay_stands_outside_the_moments_and_spares_vectors() {
    let config = AdamConfig { weight_decay: 0.5, ..AdamConfig::default() };
    let w = parameter(&[2.0, -4.0]);
    let mut adam = Adam::new(group(&w, true), config);
    // Without a gradient only the decay is left: w (1 − η λ).
    adam.step(&gradient(&[0.0, 0.0]), 0.1);
    assert_close(&w.value().to_vec(), &[2.0 * 0.95, -4.0 * 0.95]);
    let spared = parameter(&[2.0]);
    Adam::new(group(&spared, false), config).step(&gradient(&[0.0]), 0.1);
    assert_close(&spared.value().to_vec(), &[2.0]);
    // With a gradient, the step is that of Adam, whatever the weight is.
    let (a, b) = (parameter(&[1.0]), parameter(&[100.0]));
    for w in [&a, &b] {
        Adam::new(group(w, true), config).step(&gradient(&[3.0]), 0.1);
    }
    let step = |w: &Parameter<f64>, before: f64| before * 0.95 - w.value().item();
    assert_close(&[step(&a, 1.0)], &[step(&b, 100.0)]);
    let matrix = Parameter::new(Array::<f64>::zeros(&[2, 2]));
    let groups = Group::by_rank(vec![matrix, parameter(&[1.0])]);
    assert_eq!(groups.iter().map(|group| group.decay).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn momentum_and_nesterov_follow_their_equations() {
    let run = |config: SgdConfig| {
        let w = parameter(&[0.0]);
        let mut sgd = Sgd::new(group(&w, true), config);
        [1.0, 1.0].iter().for_each(|g| sgd.step(&gradient(&[*g]), 0.1));
        w.value().item()
    };
    let plain = SgdConfig::default();
    assert_close(&[run(plain)], &[-0.2]);
    // v = 1, then 1.9.
    assert_close(&[run(SgdConfig { momentum: 0.9, ..plain })], &[-0.1 - 0.19]);
    // 1 + 0.9 · 1, then 1 + 0.9 · 1.9.
    let nesterov = SgdConfig { momentum: 0.9, nesterov: true, ..plain };
    assert_close(&[run(nesterov)], &[-0.19 - 0.271]);
    let w = parameter(&[10.0]);
    let decay = SgdConfig { weight_decay: 0.5, ..plain };
    Sgd::new(group(&w, true), decay).step(&gradient(&[0.0]), 0.1);
    assert_close(&w.value().to_vec(), &[9.5]);
}

#[test]
fn a_parameter_without_a_gradient_stays_and_its_clock_with_it() {
    let w = parameter(&[1.0]);
    let mut adam = Adam::new(group(&w, true), AdamConfig::default());
    (0..5).for_each(|_| adam.step(&[None], 0.1));
    assert_eq!(w.value().item(), 1.0);
    adam.step(&gradient(&[7.0]), 0.1);
    assert!((w.value().item() - 0.9).abs() < 1e-8, "its first step: η");
}

#[test]
fn a_learning_rate_that_is_no_rate_is_refused() {
    for rate in [f64::NAN, f64::INFINITY, -0.1] {
        let w = parameter(&[1.0]);
        let step = || {
            Sgd::new(group(&w, true), SgdConfig::default()).step(&gradient(&[1.0]), rate)
        };
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(step));
        let panic = panic.expect_err("it must be refused");
        assert!(panic.downcast_ref::<String>().unwrap().contains("learning rate"));
        assert_eq!(w.value().item(), 1.0);
    }
}

#[test]
#[should_panic(expected = "a parameter of shape [1] got a gradient of shape [2]")]
fn a_gradient_of_another_shape_is_refused() {
    let w = parameter(&[1.0]);
    Sgd::new(group(&w, true), SgdConfig::default()).step(&gradient(&[1.0, 2.0]), 0.1);
}
