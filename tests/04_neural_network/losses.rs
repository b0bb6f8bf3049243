//! From logits to a loss, and the gradient on the way back.

use crate::support::*;
use gradus::autograd::TensorOf;
use gradus::ops::CrossEntropyOptions;
use gradus::tensor::Array;

fn loss(logits: &TensorOf<Real>, targets: &[u32]) -> TensorOf<Real> {
    let targets = Array::new(targets.to_vec(), &[targets.len()]);
    logits.cross_entropy(&targets, CrossEntropyOptions::default())
}

fn logits(values: &[f64]) -> TensorOf<Real> {
    TensorOf::new(values.to_vec(), &[1, values.len()])
}

// ANCHOR: zero_logits
#[test]
fn the_loss_at_zero_logits_is_the_logarithm_of_the_number_of_classes() {
    for classes in [1, 2, 10, 1000] {
        let zeros = TensorOf::<f64>::new(vec![0.0; 3 * classes], &[3, classes]);
        let targets = Array::new(vec![0, 0, classes as u32 - 1], &[3]);
        let loss = zeros.cross_entropy(&targets, CrossEntropyOptions::default());
        assert!((loss.item() - (classes as f64).ln()).abs() < 1e-12);
    }
}
// ANCHOR_END: zero_logits

#[test]
fn a_shift_of_all_logits_changes_neither_log_softmax_nor_the_loss() {
    for shift in [-1e6, 0.5, 2f64.powi(40)] {
        // Eighths: the shifted logits are exact.
        let row = [0.0, 1.125, -2.5, 3.25];
        let moved = logits(&row.map(|z| z + shift));
        let (before, after) = (logits(&row).log_softmax(), moved.log_softmax());
        for (before, after) in before.to_vec().iter().zip(after.to_vec()) {
            assert!((before - after).abs() < 1e-12, "{shift}: {before} {after}");
        }
        let (before, after) = (loss(&logits(&row), &[2]), loss(&moved, &[2]));
        assert!((before.item() - after.item()).abs() < 1e-12, "{shift}");
    }
    let single = |shift: f32| {
        TensorOf::new(vec![shift, 1.0 + shift, 3.0 + shift], &[3]).log_softmax().to_vec()
    };
    assert_eq!(single(0.0), single(1024.0));
}

/// The numbers of the page.
#[test]
fn softmax_loss_and_gradient_by_hand() {
    let z = logits(&[2f64.ln(), 0.0, 0.0]).tracked();
    let p = z.softmax().to_vec();
    for (p, expected) in p.iter().zip([0.5, 0.25, 0.25]) {
        assert!((p - expected).abs() < 1e-15);
    }
    let loss = loss(&z, &[1]);
    assert!((loss.item() - 4f64.ln()).abs() < 1e-15);
    let gradients = loss.backward();
    let gradient = gradients.of(&z).expect("it is tracked").to_vec();
    for (gradient, expected) in gradient.iter().zip([0.5, -0.75, 0.25]) {
        assert!((gradient - expected).abs() < 1e-15, "{gradient} {expected}");
    }
}

#[test]
fn two_classes_are_logistic_regression() {
    for z in [-30.0, -1.5, 0.0, 0.3, 700.0] {
        let two = loss(&logits(&[0.0, z]), &[1]).item();
        let target = Array::full(1.0, &[1]);
        let one = TensorOf::<f64>::new(vec![z], &[1]).bce_with_logits(&target).item();
        assert!((two - one).abs() <= 1e-14 * one.max(1.0), "{z}: {two} {one}");
    }
}

#[test]
fn softmax_twice_cannot_be_certain() {
    let certain = logits(&[1000.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(loss(&certain, &[0]).item(), 0.0);
    let twice = loss(&certain.softmax(), &[0]).item();
    let least = (1.0 + 9.0 * (-1f64).exp()).ln();
    assert!((twice - least).abs() < 1e-12 && twice > 1.46, "{twice} {least}");
}
