//! Softmax and its logarithm.

use crate::support::*;
use gradus::autograd::{Tensor, TensorOf};
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;

#[test]
fn softmax_by_hand() {
    let x = leaf(&[0.0, 2f64.ln(), 5f64.ln(), 7.0, 7.0, 7.0], &[2, 3]);
    let third = 1.0 / 3.0;
    let shares = [0.125, 0.25, 0.625, third, third, third];
    assert_near(&x.softmax().to_vec(), &shares, 1e-15);
    assert_near(&x.log_softmax().to_vec(), &shares.map(f64::ln), 1e-15);
    // Along the first axis: e⁰ against e⁷, and so on.
    let columns = x.softmax_along(0);
    let first = 1.0 / (1.0 + 7f64.exp());
    assert_near(&[columns.value().at(&[0, 0])], &[first], 1e-15);
    assert_near(&columns.sum(&[0]).to_vec(), &[1.0; 3], 1e-15);
    let transposed: TensorOf<f64> = x.value().transpose(0, 1).into();
    assert_eq!(transposed.softmax().value().transpose(0, 1), *columns.value());
    let columns = x.log_softmax_along(0).exp();
    assert_near(&columns.to_vec(), &x.softmax_along(0).to_vec(), 1e-15);
    // dx = y (dy − Σ y dy) with dy = (8, 0, 0): Σ y dy = 1.
    let x = leaf(&[0.0, 2f64.ln(), 5f64.ln()], &[3]);
    let upstream = || Array::new(vec![8.0, 0.0, 0.0], &[3]);
    let gradients = x.softmax().backward_from(upstream());
    assert_near(&gradients.of(&x).unwrap().to_vec(), &[0.875, -0.25, -0.625], 1e-15);
    // dx = dy − y Σ dy.
    let gradients = x.log_softmax().backward_from(upstream());
    assert_near(&gradients.of(&x).unwrap().to_vec(), &[7.0, -2.0, -5.0], 1e-14);
}

/// In f64 any shift; in f32 shifts that do not round.
#[test]
fn a_shift_of_a_row_changes_nothing() {
    let x = random(&[4, 7], 3.0, 1);
    let targets = Array::new(vec![0, 6, 3, 2], &[4]);
    let loss = |x: &Array<f64>| {
        let logits: TensorOf<f64> = x.clone().into();
        logits.cross_entropy(&targets, CrossEntropyOptions::default()).item()
    };
    let shifts = Array::new(vec![0.1, -1000.3, 12_345.6, 77.7], &[4, 1]);
    let shifted = x.zip(&shifts, "shift", |x, shift| x + shift);
    let (a, b): (TensorOf<f64>, TensorOf<f64>) =
        (x.clone().into(), shifted.clone().into());
    // The shifted logits themselves are rounded, to 1e-12.
    assert_near(&a.softmax().to_vec(), &b.softmax().to_vec(), 1e-11);
    assert_near(&a.log_softmax().to_vec(), &b.log_softmax().to_vec(), 1e-11);
    assert_near(&[loss(&x)], &[loss(&shifted)], 1e-11);

    let exact = |shift: f32| {
        let value = |i: usize| ((i * 37 % 11) as f32 - 5.0) / 4.0 + shift;
        let logits: Tensor = Array::from_fn(&[3, 5], value).into();
        let targets = Array::new(vec![4, 1, 0], &[3]);
        let loss = logits.cross_entropy(&targets, CrossEntropyOptions::default());
        (logits.softmax().to_vec(), logits.log_softmax().to_vec(), loss.item())
    };
    for shift in [1.0, -8.0, 4096.0, -1_048_576.0] {
        assert_eq!(exact(shift), exact(0.0), "to the last bit: {shift}");
    }
}

#[test]
fn softmax_at_the_extremes() {
    let rows = [[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [0.0, -INF, 0.0], [-INF; 3]];
    let x = leaf(&rows.concat(), &[4, 3]);
    let third = 1.0 / 3.0;
    let shares = [[1.0, 0.0, 0.0], [third; 3], [0.5, 0.0, 0.5], [0.0; 3]];
    assert_near(&x.softmax().to_vec(), &shares.concat(), 1e-15);
    let logarithms =
        [[0.0, -2e4, -1e4], [third.ln(); 3], [0.5f64.ln(), -INF, 0.5f64.ln()], [-INF; 3]];
    assert_near(&x.log_softmax().to_vec(), &logarithms.concat(), 1e-15);
    let (dx, dlog) = (gradient(x.softmax(), &x), gradient(x.log_softmax(), &x));
    assert!(dx.iter().chain(&dlog).all(|dx| dx.is_finite()), "{dx:?} {dlog:?}");
    assert_eq!(dx[9..], [0.0; 3], "where all is masked");
    assert_eq!(dx[7], 0.0, "where one is masked");
    let narrow = Tensor::new(vec![1e4, -1e4, f32::MAX, f32::MIN], &[2, 2]);
    assert_eq!(narrow.softmax().to_vec(), [1.0, 0.0, 1.0, 0.0]);
}

#[test]
fn what_is_not_a_number_stays_so_and_in_its_row() {
    let x = leaf(&[1.0, NAN, 2.0, 3.0, 4.0, INF], &[3, 2]);
    let is_nan =
        |y: TensorOf<f64>| y.to_vec().iter().map(|y| y.is_nan()).collect::<Vec<_>>();
    assert_eq!(is_nan(x.softmax()), [true, true, false, false, false, true]);
    assert_eq!(is_nan(x.log_softmax()), [true, true, false, false, false, true]);
    assert_eq!(is_nan(x.mean(&[1])), [true, false, false]);
    assert_eq!(is_nan(x.var(&[1])), [true, false, true]);
    assert_eq!(is_nan(x.logsumexp(&[1])), [true, false, false]);
    let (gain, bias) = (counting(&[2]), counting(&[2]));
    let normal = x.layer_norm(&gain, &bias, 1e-5);
    assert_eq!(is_nan(normal), [true, true, false, false, true, true]);
    assert_eq!(is_nan(x.dropout(0.3, &mut generator(1)))[..2], [false, true]);
    let loss = |targets: [u32; 3], ignore_index| {
        let options = CrossEntropyOptions { ignore_index, ..Default::default() };
        x.cross_entropy(&Array::new(targets.to_vec(), &[3]), options)
    };
    assert!(loss([0, 0, 0], None).item().is_nan());
    let left = loss([9, 0, 9], Some(9));
    assert!((left.item() - (1.0 + 1f64.exp()).ln()).abs() < 1e-15);
    // And what does not count gets a gradient of exactly 0.
    let dx = left.backward().of(&x).unwrap().to_vec();
    assert_eq!([&dx[..2], &dx[4..]].concat(), [0.0; 4]);
    assert!(x.bce_with_logits(&Array::zeros(&[3, 2])).item().is_nan());
    assert!(x.mse(&counting(&[3, 2])).item().is_nan());
}
