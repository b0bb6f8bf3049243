//! Layer normalisation and dropout.

use crate::support::*;
use gradus::autograd::{Tensor, TensorOf};
use gradus::random::generator;
use gradus::tensor::Array;

#[test]
fn layer_norm_by_hand() {
    let x = leaf(&[1.0, 3.0, 5.0, 5.0], &[2, 2]);
    let (gain, bias) = (leaf(&[2.0, 10.0], &[2]), leaf(&[0.5, 7.0], &[2]));
    let y = x.layer_norm(&gain, &bias, 3.0); // √(1 + 3) = 2, √(0 + 3)
    assert_eq!(y.to_vec(), [-0.5, 12.0, 0.5, 7.0]);
    let gradients = y.backward_from(Array::new(vec![1.0, 1.0, 3.0, 0.0], &[2, 2]));
    assert_eq!(gradients.of(&bias).unwrap().to_vec(), [4.0, 1.0]);
    assert_eq!(gradients.of(&gain).unwrap().to_vec(), [-0.5, 0.5]);
    // Row 1: x̂ = ∓½, dx̂ = (2, 10): ½ (dx̂ − 6 − x̂ 2) = ½ (∓4 ± 1). Row 2: dx̂ = (6, 0).
    let flat = 3.0 / 3f64.sqrt();
    assert_near(&gradients.of(&x).unwrap().to_vec(), &[-1.5, 1.5, flat, -flat], 1e-15);
}

#[test]
fn layer_norm_gives_mean_0_and_variance_1() {
    let x: TensorOf<f64> = random(&[20, 64], 5.0, 2).map(|x| x + 300.0).into();
    let (ones, zeros) =
        (TensorOf::new(vec![1.0; 64], &[64]), TensorOf::new(vec![0.0; 64], &[64]));
    let y = x.layer_norm(&ones, &zeros, 1e-12);
    assert_near(&y.mean(&[1]).to_vec(), &[0.0; 20], 1e-12);
    assert_near(&y.var(&[1]).to_vec(), &[1.0; 20], 1e-12);
}

#[test]
fn a_constant_row_becomes_the_bias() {
    let narrow =
        |values: &[f32], shape: &[usize]| Tensor::new(values.to_vec(), shape).tracked();
    let x = narrow(&[0.1, 0.1, 0.1, -1e4, -1e4, -1e4], &[2, 3]);
    let (gain, bias) = (narrow(&[1.0, 2.0, 3.0], &[3]), narrow(&[5.0, 6.0, 7.0], &[3]));
    let y = x.layer_norm(&gain, &bias, 1e-5);
    let expected = [5.0, 6.0, 7.0, 5.0, 6.0, 7.0];
    assert!(y.to_vec().iter().zip(expected).all(|(y, b)| (y - b).abs() < 1e-4), "{y}");
    assert!(gradient(y, &x).iter().all(|dx| dx.is_finite()));
}

#[test]
fn layer_norm_does_not_see_shift_and_scale_of_a_row() {
    let x = random(&[3, 8], 1.0, 3);
    let (gain, bias) = (random(&[8], 1.0, 4).into(), random(&[8], 1.0, 5).into());
    let y = |x: Array<f64>| TensorOf::from(x).layer_norm(&gain, &bias, 1e-14).to_vec();
    assert_near(&y(x.clone()), &y(x.map(|x| 30.0 * x - 200.0)), 1e-10);
}

/// With n elements of 1 and p the share dropped, the mean of the output has the standard
/// error √(p / (1 − p) / n).
#[test]
fn dropout_keeps_the_mean() {
    let n = 100_000;
    let ones: Tensor = Array::full(1.0, &[n]).into();
    for p in [0.1, 0.5, 0.9] {
        let y = ones.dropout(p, &mut generator(9)).to_vec();
        let mean = y.iter().map(|y| f64::from(*y)).sum::<f64>() / n as f64;
        let error = (p / (1.0 - p) / n as f64).sqrt();
        assert!((mean - 1.0).abs() < 5.0 * error, "{p}: {mean}, {error}");
        let kept = (1.0 / (1.0 - p)) as f32;
        assert!(y.iter().all(|y| *y == 0.0 || *y == kept));
        let dropped = y.iter().filter(|y| **y == 0.0).count() as f64 / n as f64;
        assert!((dropped - p).abs() < 5.0 * (p * (1.0 - p) / n as f64).sqrt());
    }
}

#[test]
fn dropout_comes_from_its_seed_whatever_the_layout() {
    let x = random(&[30, 40], 1.0, 1);
    let strided: TensorOf<f64> = x.transpose(0, 1).contiguous().transpose(0, 1).into();
    let x = TensorOf::from(x).tracked();
    let mut stream = generator(5);
    let (first, second) = (x.dropout(0.5, &mut stream), x.dropout(0.5, &mut stream));
    assert_eq!(first.to_vec(), x.dropout(0.5, &mut generator(5)).to_vec());
    assert_eq!(first.to_vec(), strided.dropout(0.5, &mut generator(5)).to_vec());
    assert_ne!(first.to_vec(), second.to_vec());
    // Backward uses the mask that forward drew.
    let y = first.to_vec();
    let dx = plain_gradient(first, &x);
    assert!(y.iter().zip(&dx).all(|(y, dx)| (*y == 0.0) == (*dx == 0.0)));
}

#[test]
fn dropout_of_nothing_and_of_everything() {
    let x = leaf(&[1.0, -2.0, 3.0], &[3]);
    let mut stream = generator(5);
    assert_eq!(x.dropout(0.0, &mut stream).to_vec(), x.to_vec());
    assert_eq!(stream, generator(5), "nothing is drawn");
    let nothing = x.dropout(1.0, &mut stream);
    assert_eq!(nothing.to_vec(), [0.0; 3]);
    assert_eq!(plain_gradient(nothing, &x), [0.0; 3]);
}
