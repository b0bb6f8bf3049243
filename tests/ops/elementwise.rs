//! One element at a time: values worked by hand, kinks, what is not a number, extremes.

use crate::support::*;
use gradus::autograd::{Tensor, TensorOf};
use gradus::tensor::Array;

#[test]
fn values_and_slopes_worked_by_hand() {
    same(at2(6.0, 3.0, |a, b| a.sub(b)), [3.0, 1.0, -1.0]);
    same(at2(6.0, 4.0, |a, b| a.div(b)), [1.5, 0.25, -6.0 / 16.0]);
    same(at2(6.0, 4.0, |a, b| a.maximum(b)), [6.0, 1.0, 0.0]);
    same(at2(6.0, 4.0, |a, b| a.minimum(b)), [4.0, 0.0, 1.0]);
    same(at(2.0, |x: &TensorOf<f64>| x.neg()), [-2.0, -1.0]);
    same(at(2.0, |x: &TensorOf<f64>| x.scale(-3.0)), [-6.0, -3.0]);
    same(at(2.0, |x: &TensorOf<f64>| x.add_scalar(-3.0)), [-1.0, 1.0]);
    same(at(1.0, |x: &TensorOf<f64>| x.ln()), [0.0, 1.0]);
    same(at(4.0, |x: &TensorOf<f64>| x.ln()), [4f64.ln(), 0.25]);
    same(at(4.0, |x: &TensorOf<f64>| x.sqrt()), [2.0, 0.25]);
    same(at(2.0, |x: &TensorOf<f64>| x.powf(3.0)), [8.0, 12.0]);
    same(at(4.0, |x: &TensorOf<f64>| x.powf(-0.5)), [0.5, -1.0 / 16.0]);
    same(at(-2.0, |x: &TensorOf<f64>| x.abs()), [2.0, -1.0]);
    same(at(0.0, |x: &TensorOf<f64>| x.tanh()), [0.0, 1.0]);
    same(at(0.0, |x: &TensorOf<f64>| x.sigmoid()), [0.5, 0.25]);
    near(at(3f64.ln(), |x: &TensorOf<f64>| x.sigmoid()), [0.75, 0.1875], 1e-15);
    same(at(-2.0, |x: &TensorOf<f64>| x.relu()), [0.0, 0.0]);
    same(at(2.0, |x: &TensorOf<f64>| x.relu()), [2.0, 1.0]);
    same(at(0.5, |x: &TensorOf<f64>| x.relu()), [0.5, 1.0]);
    same(at(0.0, |x: &TensorOf<f64>| x.silu()), [0.0, 0.5]);
    same(at(0.0, |x: &TensorOf<f64>| x.gelu()), [0.0, 0.5]);
    same(at(0.0, |x: &TensorOf<f64>| x.gelu_tanh()), [0.0, 0.5]);
    for (x, y, slope) in [(-2.0, -1.0, 0.0), (0.5, 0.5, 1.0), (3.0, 2.0, 0.0)] {
        same(at(x, |x: &TensorOf<f64>| x.clamp(-1.0, 2.0)), [y, slope]);
    }
}

#[test]
fn at_a_kink_the_slope_is_the_one_that_is_documented() {
    for zero in [0.0, -0.0] {
        same(at(zero, |x: &TensorOf<f64>| x.relu()), [0.0, 0.0]);
        same(at(zero, |x: &TensorOf<f64>| x.abs()), [0.0, 0.0]);
    }
    for bound in [-1.0, 2.0] {
        same(at(bound, |x: &TensorOf<f64>| x.clamp(-1.0, 2.0)), [bound, 1.0]);
    }
    same(at2(3.0, 3.0, |a, b| a.maximum(b)), [3.0, 0.5, 0.5]);
    same(at2(3.0, 3.0, |a, b| a.minimum(b)), [3.0, 0.5, 0.5]);
    same(at2(INF, INF, |a, b| a.maximum(b)), [INF, 0.5, 0.5]);
    same(at2(0.0, -0.0, |a, b| a.maximum(b)), [0.0, 0.5, 0.5]);
}

#[test]
fn nan_comes_out_and_goes_back_as_nan() {
    type Function = fn(&TensorOf<f64>) -> TensorOf<f64>;
    let functions: [Function; 13] = [
        |x| x.neg().exp(),
        |x| x.ln(),
        |x| x.sqrt(),
        |x| x.powf(2.0),
        |x| x.abs(),
        |x| x.tanh(),
        |x| x.sigmoid(),
        |x| x.relu(),
        |x| x.silu(),
        |x| x.gelu(),
        |x| x.gelu_tanh(),
        |x| x.clamp(-1.0, 1.0),
        |x| x.clamp(-INF, INF),
    ];
    for f in functions {
        same(at(NAN, f), [NAN, NAN]);
    }
    for (a, b) in [(NAN, 1.0), (1.0, NAN), (NAN, NAN), (NAN, INF)] {
        same(at2(a, b, |a, b| a.maximum(b)), [NAN; 3]);
        same(at2(a, b, |a, b| a.minimum(b)), [NAN; 3]);
    }
}

#[test]
fn at_infinity_a_function_is_its_limit() {
    type Function = fn(&TensorOf<f64>) -> TensorOf<f64>;
    let functions: [(Function, [f64; 2], [f64; 2]); 9] = [
        (|x| x.exp(), [0.0, 0.0], [INF, INF]),
        (|x| x.abs(), [INF, -1.0], [INF, 1.0]),
        (|x| x.tanh(), [-1.0, 0.0], [1.0, 0.0]),
        (|x| x.sigmoid(), [0.0, 0.0], [1.0, 0.0]),
        (|x| x.relu(), [0.0, 0.0], [INF, 1.0]),
        (|x| x.silu(), [0.0, 0.0], [INF, 1.0]),
        (|x| x.gelu(), [0.0, 0.0], [INF, 1.0]),
        (|x| x.gelu_tanh(), [0.0, 0.0], [INF, 1.0]),
        (|x| x.clamp(-1.0, 2.0), [-1.0, 0.0], [2.0, 0.0]),
    ];
    for (f, below, above) in functions {
        same(at(-INF, f), below);
        same(at(INF, f), above);
    }
    same(at(INF, |x: &TensorOf<f64>| x.ln()), [INF, 0.0]);
    same(at(INF, |x: &TensorOf<f64>| x.sqrt()), [INF, 0.0]);
    same(at(INF, |x: &TensorOf<f64>| x.clamp(0.0, INF)), [INF, 1.0]);
    same(at2(-INF, 1.0, |a, b| a.maximum(b)), [1.0, 0.0, 1.0]);
    same(at2(1.0, 0.0, |a, b| a.div(b)), [INF, INF, -INF]);
}

#[test]
fn far_out_nothing_overflows_that_need_not() {
    same(at(1000.0, |x: &TensorOf<f64>| x.exp()), [INF, INF]);
    same(at(-1000.0, |x: &TensorOf<f64>| x.exp()), [0.0, 0.0]);
    same(at(1000.0, |x: &TensorOf<f64>| x.sigmoid()), [1.0, 0.0]);
    same(at(-1000.0, |x: &TensorOf<f64>| x.sigmoid()), [0.0, 0.0]);
    // e⁷⁰⁰ is near the largest f64, and so σ(−700) is a number.
    near(at(-700.0, |x: &TensorOf<f64>| x.sigmoid()), [(-700f64).exp(); 2], 1e-15);
    for x in [1e3, 1e20, 1e38] {
        for f in [Tensor::silu, Tensor::gelu, Tensor::gelu_tanh] {
            same(at(x, f), [f64::from(x as f32), 1.0]);
            same(at(-x, f), [0.0, 0.0]);
        }
        same(at(x, Tensor::tanh), [1.0, 0.0]);
        same(at(-x, Tensor::sigmoid), [0.0, 0.0]);
    }
}

#[test]
fn at_the_edge_of_where_they_are_defined() {
    same(at(0.0, |x: &TensorOf<f64>| x.ln()), [-INF, INF]);
    same(at(-1.0, |x: &TensorOf<f64>| x.ln()), [NAN, -1.0]);
    same(at(0.0, |x: &TensorOf<f64>| x.sqrt()), [0.0, INF]);
    same(at(-1.0, |x: &TensorOf<f64>| x.sqrt()), [NAN, NAN]);
    for (x, p, y, slope) in [
        (0.0, 2.0, 0.0, 0.0),
        (0.0, 1.0, 0.0, 1.0),
        (0.0, 0.5, 0.0, INF),
        (0.0, 0.0, 1.0, 0.0),
        (NAN, 0.0, 1.0, 0.0),
        (0.0, -1.0, INF, -INF),
        (-2.0, 3.0, -8.0, 12.0),
        (-2.0, 0.5, NAN, NAN),
    ] {
        same(at(x, |x: &TensorOf<f64>| x.powf(p)), [y, slope]);
    }
}

#[test]
fn what_the_mask_does_not_choose_does_not_matter() {
    let (a, b) = (row(&[NAN, 1.0]), row(&[2.0, NAN]));
    let mask = Array::new(vec![0, 7], &[2]);
    let y = a.where_(&mask, &b);
    assert_eq!(y.to_vec(), [2.0, 1.0]);
    let gradients = y.backward_from(Array::new(vec![NAN, 3.0], &[2]));
    assert_eq!(gradients.of(&a).unwrap().to_vec(), [0.0, 3.0]);
    assert!(gradients.of(&b).unwrap().to_vec()[0].is_nan());
    assert_eq!(gradients.of(&b).unwrap().to_vec()[1], 0.0);
    let x = row(&[NAN, 1.0]);
    let y = x.masked_fill(&mask.equal(&Array::scalar(0)), -INF);
    assert_eq!(y.to_vec(), [-INF, 1.0]);
    let gradient = y.backward_from(Array::full(5.0, &[2])).take(&x).unwrap();
    assert_eq!(gradient.to_vec(), [0.0, 5.0]);
}

#[test]
fn operators_are_the_methods_they_stand_for() {
    let (a, b) = (constant(&[1.0, 5.0]), constant(&[3.0, 7.0]));
    let (c, d) = (a.clone(), b.clone());
    for y in [&a - &b, a.clone() - &b, &a - b.clone(), c - d] {
        assert_eq!(y.to_vec(), [-2.0, -2.0]);
    }
    assert_eq!((&a + &b).to_vec(), [4.0, 12.0]);
    assert_eq!((&a * &b).to_vec(), [3.0, 35.0]);
    assert_eq!((&a / &b).to_vec(), [1.0 / 3.0, 5.0 / 7.0]);
    assert_eq!([(-&a).to_vec(), (-a.clone()).to_vec()], [[-1.0, -5.0], [-1.0, -5.0]]);
    assert_eq!((&a + 2.0).to_vec(), [3.0, 7.0]);
    assert_eq!((&a - 2.0).to_vec(), [-1.0, 3.0]);
    assert_eq!((a.clone() * 2.0).to_vec(), [2.0, 10.0]);
    assert_eq!((&a / 3.0).to_vec(), [1.0 / 3.0, 5.0 / 3.0], "not times a rounded third");
    let x = row(&[3.0]);
    let y = (&x * &x - 1.0) / (x.clone() + 1.0) * 5.0; // 5 (x − 1)
    assert_eq!(y.item(), 10.0);
    assert_eq!(y.backward().of(&x).unwrap().item(), 5.0);
    assert_eq!((Tensor::new(vec![1.0], &[1]) * 0.5).item(), 0.5, "0.5 is an f32 here");
}
