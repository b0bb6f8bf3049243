//! Operations one element at a time, and on shapes: values worked by hand, kinks, what is
//! not a number, extremes, what is copied and what is kept. The gradients themselves are
//! checked in `autograd.rs`.

#![expect(clippy::excessive_precision, reason = "the digits are mpmath's")]

use gradus::autograd::{Gradients, Tensor, TensorOf};
use gradus::element::Real;
use gradus::gradcheck::Case;
use gradus::ops::{
    self,
    erf::{erf, erfc},
};
use gradus::tensor::Array;
use std::collections::BTreeMap;

const NAN: f64 = f64::NAN;
const INF: f64 = f64::INFINITY;

fn constant(values: &[f64]) -> TensorOf<f64> {
    TensorOf::new(values.to_vec(), &[values.len()])
}

fn leaf(values: &[f64]) -> TensorOf<f64> {
    constant(values).tracked()
}

/// 0, 1, 2, … under `shape`.
fn counting(shape: &[usize]) -> TensorOf<f64> {
    Array::from_fn(shape, |i| i as f64).into()
}

/// Value and slope of a function of one number.
fn at<T: Real>(x: f64, f: impl Fn(&TensorOf<T>) -> TensorOf<T>) -> [f64; 2] {
    let x = TensorOf::new(vec![T::of(x)], &[]).tracked();
    let y = f(&x);
    let value = y.item().f64();
    [value, y.backward().of(&x).unwrap().item().f64()]
}

/// Value and both slopes of a function of two numbers.
fn at2(
    a: f64,
    b: f64,
    f: impl Fn(&TensorOf<f64>, &TensorOf<f64>) -> TensorOf<f64>,
) -> [f64; 3] {
    let (a, b) = (leaf(&[a]), leaf(&[b]));
    let y = f(&a, &b);
    let value = y.item();
    let gradients = y.backward();
    [value, gradients.of(&a).unwrap().item(), gradients.of(&b).unwrap().item()]
}

/// Equal numbers; NaN counts as equal to NaN.
#[track_caller]
fn same<const N: usize>(got: [f64; N], expected: [f64; N]) {
    let equal = |(a, b): (&f64, &f64)| a == b || a.is_nan() && b.is_nan();
    assert!(got.iter().zip(&expected).all(equal), "got {got:?}, expected {expected:?}");
}

/// Equal to within a relative error.
#[track_caller]
fn near<const N: usize>(got: [f64; N], expected: [f64; N], tolerance: f64) {
    for (got, expected) in got.into_iter().zip(expected) {
        let error = ((got - expected) / expected).abs();
        assert!(error <= tolerance, "got {got}, expected {expected}: error {error:e}");
    }
}

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

/// Twenty digits by mpmath 1.3: `nstr(erf(x), 20)`, where x is the nearest f64. The square
/// of 13.1 or 20.3 has more digits than an f64 holds, and its error would be seen.
#[test]
fn the_error_function_to_the_last_digits() {
    let table = [
        (1e-10, 1.1283791670955125739e-10, 0.99999999988716208329),
        (0.1, 0.1124629160182848922, 0.8875370839817151078),
        (0.46875, 0.49261347321793799159, 0.50738652678206200841),
        (0.5, 0.52049987781304653768, 0.47950012218695346232),
        (1.0, 0.84270079294971486934, 0.15729920705028513066),
        (2.0, 0.99532226501895273416, 0.0046777349810472658379),
        (3.0, 0.99997790950300141456, 0.000022090496998585441373),
        (4.0, 0.99999998458274209972, 1.5417257900280018852e-8),
        (4.0625, 0.99999999082107097519, 9.1789290248081913715e-9),
        (5.0, 0.99999999999846254021, 1.5374597944280348502e-12),
        (6.0, 0.99999999999999997848, 2.1519736712498913117e-17),
        (7.5, 1.0, 2.7766493860305691007e-26),
        (10.0, 1.0, 2.088487583762544757e-45),
        (13.1, 1.0, 1.2694671364910779746e-76),
        (20.3, 1.0, 2.9853181806016359443e-181),
        (26.0, 1.0, 5.6631924088561428465e-296),
    ];
    for (x, value, rest) in table {
        near(
            [erf(x), -erf(-x), erfc(x), erfc(-x)],
            [value, value, rest, 1.0 + value],
            1e-15,
        );
    }
    same([erf(0.0), erfc(0.0), erf(NAN), erfc(NAN)], [0.0, 1.0, NAN, NAN]);
    same([erf(INF), erf(-INF), erfc(INF), erfc(-INF)], [1.0, -1.0, 0.0, 2.0]);
}

/// The same by a way of its own: the Taylor series Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)).
#[test]
fn the_error_function_between_the_numbers_of_the_table() {
    for step in 1..=200 {
        let x = 0.01 * f64::from(step);
        let (mut power, mut sum) = (x, 0.0);
        for n in 0..60 {
            sum += power / (2.0 * f64::from(n) + 1.0);
            power *= -x * x / (f64::from(n) + 1.0);
        }
        let expected = 2.0 / std::f64::consts::PI.sqrt() * sum;
        near([erf(x)], [expected], 2e-14);
    }
}

/// Values by mpmath 1.3.
#[test]
fn the_gaussian_unit_and_its_approximation() {
    for (x, exact, approximate) in [
        (-3.0, -0.0040496940948902836, -0.0036373920817730188),
        (-1.0, -0.15865525393145705, -0.1588080093917233),
        (0.5, 0.34573123063700655, 0.34571400982514392),
        (1.0, 0.84134474606854295, 0.8411919906082767),
        (3.0, 2.9959503059051097, 2.996362607918227),
    ] {
        let value = |f: fn(&TensorOf<f64>) -> TensorOf<f64>| [at(x, f)[0]];
        near(value(TensorOf::gelu), [exact], 1e-14);
        near(value(TensorOf::gelu_tanh), [approximate], 1e-14);
        near([at(x, Tensor::gelu)[0]], [exact], 2.0 * f64::from(f32::EPSILON));
    }
    let x: TensorOf<f64> = Array::from_fn(&[2001], |i| 0.01 * i as f64 - 10.0).into();
    let apart = x.gelu().sub(&x.gelu_tanh()).abs().value().max(&[0]).item();
    assert!((4e-4..5e-4).contains(&apart), "{apart}");
    // Far below 0 the exact one keeps its digits in f32.
    let tail = |x: f64| [at(x, Tensor::gelu)[0]];
    near(tail(-8.0), [at(-8.0, |x: &TensorOf<f64>| x.gelu())[0]], 2e-7);
}

#[test]
fn what_the_mask_does_not_choose_does_not_matter() {
    let (a, b) = (leaf(&[NAN, 1.0]), leaf(&[2.0, NAN]));
    let mask = Array::new(vec![0, 7], &[2]);
    let y = a.where_(&mask, &b);
    assert_eq!(y.to_vec(), [2.0, 1.0]);
    let gradients = y.backward_from(Array::new(vec![NAN, 3.0], &[2]));
    assert_eq!(gradients.of(&a).unwrap().to_vec(), [0.0, 3.0]);
    assert!(gradients.of(&b).unwrap().to_vec()[0].is_nan());
    assert_eq!(gradients.of(&b).unwrap().to_vec()[1], 0.0);
    let x = leaf(&[NAN, 1.0]);
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
    let x = leaf(&[3.0]);
    let y = (&x * &x - 1.0) / (x.clone() + 1.0) * 5.0; // 5 (x − 1)
    assert_eq!(y.item(), 10.0);
    assert_eq!(y.backward().of(&x).unwrap().item(), 5.0);
    assert_eq!((Tensor::new(vec![1.0], &[1]) * 0.5).item(), 0.5, "0.5 is an f32 here");
}

#[test]
fn shapes_change_and_elements_stay_in_order() {
    let x = counting(&[2, 3]);
    assert_eq!(x.reshape(&[3, 2]).shape(), [3, 2]);
    assert_eq!(x.transpose(0, 1).to_vec(), [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
    assert_eq!(counting(&[2, 3, 4]).permute(&[2, 0, 1]).shape(), [4, 2, 3]);
    assert_eq!(x.slice(1, 1..3).to_vec(), [1.0, 2.0, 4.0, 5.0]);
    let parts = x.split(1, &[1, 0, 2]);
    assert_eq!(parts[0].to_vec(), [0.0, 3.0]);
    assert_eq!([parts[1].shape(), parts[2].shape()], [[2, 0], [2, 2]]);
    let parts: Vec<&TensorOf<f64>> = parts.iter().collect();
    assert_eq!(TensorOf::concat(&parts, 1).value(), x.value());
    let stacked = TensorOf::stack(&[&x, &x.scale(10.0)], 1);
    assert_eq!(stacked.shape(), [2, 2, 3]);
    assert_eq!(stacked.slice(0, 1..2).to_vec(), [3.0, 4.0, 5.0, 30.0, 40.0, 50.0]);
    assert_eq!(
        x.slice(0, 0..1).broadcast_to(&[2, 3]).to_vec(),
        [0.0, 1.0, 2.0].repeat(2)
    );
    let padded = x.slice(1, 0..2).pad(1, 1, 2, 9.0);
    assert_eq!(padded.to_vec(), [9.0, 0.0, 1.0, 9.0, 9.0, 9.0, 3.0, 4.0, 9.0, 9.0]);
    assert_eq!(x.pad(0, 0, 1, 9.0).slice(0, 2..3).to_vec(), [9.0; 3]);
    assert_eq!([x.unsqueeze(0).shape(), x.unsqueeze(2).shape()], [[1, 2, 3], [2, 3, 1]]);
    assert_eq!(x.unsqueeze(1).squeeze(1).value(), x.value());
}

/// Whether both arrays read the same memory.
fn shares(a: &Array<f64>, b: &Array<f64>) -> bool {
    std::ptr::eq(a.storage(), b.storage())
}

#[test]
fn a_view_copies_nothing() {
    let x = counting(&[2, 3, 1]);
    let turned = x.transpose(0, 1);
    let views = [
        x.reshape(&[6]),
        x.permute(&[2, 0, 1]),
        x.transpose(0, 2),
        x.slice(1, 1..3),
        x.split(1, &[1, 2]).remove(1),
        x.broadcast_to(&[2, 3, 4]),
        x.squeeze(2),
        x.unsqueeze(1),
        turned.squeeze(2),
        turned.unsqueeze(0),
        turned.unsqueeze(2),
        turned.slice(0, 1..3).unsqueeze(3),
        x.detach(),
        x.tracked(),
    ];
    for view in &views {
        assert!(shares(x.value(), view.value()), "{:?}", view.value().layout());
    }
}

#[test]
fn backward_of_a_view_copies_nothing_where_it_need_not() {
    let x = counting(&[2, 3]).tracked();
    let other = counting(&[1, 3]);
    let views = [
        x.reshape(&[3, 2]),
        x.permute(&[1, 0]),
        x.transpose(0, 1),
        x.slice(0, 0..2).unsqueeze(1).squeeze(1).reshape(&[6]),
        TensorOf::concat(&[&other, &x], 0),
        TensorOf::concat(&[&x, &x.detach()], 1),
        TensorOf::stack(&[&x, &x.detach()], 2),
        x.pad(1, 2, 1, 0.0),
        x.broadcast_to(&[2, 3]),
        x.add(&other),
        x.sub(&other),
    ];
    for (number, view) in views.into_iter().enumerate() {
        let seed = Array::from_fn(view.shape(), |i| i as f64);
        let gradient = view.backward_from(seed.clone()).take(&x).unwrap();
        // A slice goes back by a pad, which is new memory: the only one here.
        assert_eq!(shares(&seed, &gradient), number != 3, "number {number}");
    }
}

/// Whether nobody but `array` holds its memory.
fn is_free(array: &mut Array<f64>) -> bool {
    let before = array.storage().as_ptr();
    array.make_mut();
    array.storage().as_ptr() == before
}

#[test]
fn only_what_backward_reads_is_kept() {
    type Function = fn(&TensorOf<f64>) -> TensorOf<f64>;
    let unary: [(Function, bool); 17] = [
        (|x| x.exp(), false),
        (|x| x.neg(), false),
        (|x| x.sqrt(), false),
        (|x| x.tanh(), false),
        (|x| x.sigmoid(), false),
        (|x| x.relu(), false),
        (|x| x.scale(2.0), false),
        (|x| x.add_scalar(2.0), false),
        (|x| x.sub(x), false),
        (|x| x.add(x), false),
        (|x| x.sum_all(), false),
        (|x| x.matmul(&x.detach().scale(2.0)), false),
        (|x| x.pad(0, 1, 1, 0.0), false),
        (|x| x.detach().div(&x.exp()), true),
        (|x| x.ln(), true),
        (|x| x.gelu(), true),
        (|x| x.mul(x), true),
    ];
    for (number, (f, kept)) in unary.into_iter().enumerate() {
        let mut value = Array::from_fn(&[2, 2], |i| i as f64 + 1.0);
        let y = f(&TensorOf::from(value.clone()).tracked());
        assert_eq!(!is_free(&mut value), kept, "number {number}");
        drop(y);
    }
}

/// The gradients of a case with the inputs in `wanted` as leaves.
fn gradients(case: &Case, wanted: impl Fn(usize) -> bool) -> Vec<Option<Array<f64>>> {
    let plain = case.inputs.iter().cloned().map(TensorOf::from).enumerate();
    let leaves: Vec<TensorOf<f64>> =
        plain.map(|(i, x)| if wanted(i) { x.tracked() } else { x }).collect();
    let y = (case.graph64)(&leaves);
    let seed = Array::from_fn(y.shape(), |i| 0.3 + i as f64);
    let mut found: Gradients<f64> = y.backward_from(seed);
    leaves.iter().map(|leaf| found.take(leaf)).collect()
}

#[test]
fn one_input_alone_gets_the_gradient_it_gets_among_all() {
    let mut tried = 0;
    for case in ops::cases().iter().filter(|case| case.inputs.len() > 1) {
        let all = gradients(case, |_| true);
        for input in 0..case.inputs.len() {
            let alone = gradients(case, |i| i == input);
            assert_eq!(alone[input], all[input], "{} {}", case.operation, case.name);
            assert_eq!(alone.iter().flatten().count(), 1);
            tried += 1;
        }
    }
    assert!(tried > 80, "{tried}");
}

#[test]
fn every_operation_is_tried_on_all_kinds_of_inputs() {
    let mut names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for case in ops::cases() {
        let apart = case.inputs.iter().any(|x| x.as_slice().is_none());
        let held = names.entry(case.operation).or_default();
        held.push(if apart { "strided".to_string() } else { case.name });
    }
    for (operation, names) in names {
        for kind in ["strided", "size 1", "size 0"] {
            assert!(names.iter().any(|name| name == kind), "{operation}: no {kind}");
        }
        assert!(names.len() > 3, "{operation}: nothing plain");
    }
}

/// Ten steps of the finite differences.
const CLEAR: f64 = 1e-4;

#[test]
fn the_inputs_of_cases_keep_clear_of_kinks() {
    let mut tried = 0;
    for case in ops::cases() {
        let x = &case.inputs;
        let distances = match case.operation {
            "relu" | "abs" => x[0].clone(),
            "clamp" => x[0].map(|x| (x + 0.9).abs().min((x - 1.1).abs())),
            "maximum" | "minimum" => x[0].zip(&x[1], "distance", |a, b| a - b),
            _ => continue,
        };
        tried += 1;
        let least = distances.map(f64::abs).to_vec();
        let clear = least.iter().all(|distance| *distance >= CLEAR);
        assert!(clear, "{} {}: {least:?}", case.operation, case.name);
    }
    assert!(tried >= 22, "{tried}");
}

/// The panic of `f`, which must not return.
fn refusal(f: fn()) -> String {
    let panic = std::panic::catch_unwind(f).expect_err("it must be refused");
    let text = panic.downcast_ref::<String>().cloned();
    text.unwrap_or_else(|| panic.downcast_ref::<&str>().unwrap_or(&"").to_string())
}

fn two_by_three() -> TensorOf<f64> {
    counting(&[2, 3])
}

#[test]
fn what_does_not_fit_is_named_with_both_shapes() {
    type Refused = (fn(), &'static [&'static str]);
    let cases: [Refused; 18] = [
        (|| _ = two_by_three() + counting(&[2]), &["add: [2, 3] and [2]"]),
        (|| _ = two_by_three() - counting(&[2]), &["sub: [2, 3] and [2]"]),
        (|| _ = two_by_three() * counting(&[2]), &["mul: [2, 3] and [2]"]),
        (|| _ = two_by_three() / counting(&[2]), &["div: [2, 3] and [2]"]),
        (|| _ = two_by_three().maximum(&counting(&[2])), &["maximum: [2, 3] and [2]"]),
        (|| _ = two_by_three().minimum(&counting(&[2])), &["minimum: [2, 3] and [2]"]),
        (
            || _ = two_by_three().where_(&Array::zeros(&[2]), &counting(&[3])),
            &["where: [2], [2, 3] and [3]"],
        ),
        (
            || _ = counting(&[3]).masked_fill(&Array::zeros(&[2, 3]), 0.0),
            &["masked_fill: the mask [2, 3]", "to [3]"],
        ),
        (|| _ = two_by_three().clamp(1.0, 0.0), &["clamp: 1 is not at most 0"]),
        (|| _ = two_by_three().clamp(NAN, 0.0), &["clamp: NaN"]),
        (|| _ = two_by_three().reshape(&[4]), &["reshape", "[2, 3]", "[4]"]),
        (|| _ = two_by_three().squeeze(1), &["squeeze: axis 1 of the shape [2, 3]"]),
        (|| _ = two_by_three().squeeze(2), &["squeeze: axis 2 of the shape [2, 3]"]),
        (|| _ = two_by_three().unsqueeze(3), &["unsqueeze", "3", "[2, 3]"]),
        (
            || _ = two_by_three().split(1, &[1, 1]),
            &["split", "[1, 1]", "axis 1", "[2, 3]"],
        ),
        (|| _ = two_by_three().pad(2, 1, 1, 0.0), &["pad: there is no axis 2", "[2, 3]"]),
        (
            || _ = TensorOf::stack(&[&two_by_three(), &counting(&[1, 3])], 0),
            &["stack: [2, 3] and [1, 3]"],
        ),
        (
            || _ = TensorOf::concat(&[&two_by_three(), &counting(&[2, 2])], 0),
            &["concat: [2, 3] and [2, 2]", "axis 0"],
        ),
    ];
    for (f, parts) in cases {
        let message = refusal(f);
        for part in parts {
            assert!(message.contains(part), "{part:?} is not in {message:?}");
        }
    }
}
