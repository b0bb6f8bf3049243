//! What the tests of the operations share.

use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::random::{generator, normal};
use gradus::tensor::Array;

pub const NAN: f64 = f64::NAN;

pub const INF: f64 = f64::INFINITY;

/// A vector without a gradient.
pub fn constant(values: &[f64]) -> TensorOf<f64> {
    TensorOf::new(values.to_vec(), &[values.len()])
}

/// A vector with a gradient.
pub fn row(values: &[f64]) -> TensorOf<f64> {
    constant(values).tracked()
}

/// A tensor with a gradient.
pub fn leaf(values: &[f64], shape: &[usize]) -> TensorOf<f64> {
    TensorOf::new(values.to_vec(), shape).tracked()
}

/// 0, 1, 2, … under `shape`.
pub fn counting(shape: &[usize]) -> TensorOf<f64> {
    Array::from_fn(shape, |i| i as f64).into()
}

/// Numbers from a normal distribution, times `size`.
pub fn random(shape: &[usize], size: f64, seed: u64) -> Array<f64> {
    let mut generator = generator(seed);
    Array::from_fn(shape, |_| size * normal(&mut generator))
}

/// The gradient of Σ uᵢ yᵢ with respect to `x`; all uᵢ differ.
pub fn gradient<T: Real>(y: TensorOf<T>, x: &TensorOf<T>) -> Vec<T> {
    let upstream = Array::from_fn(y.shape(), |i| T::of((i as f64 + 1.0).sin() + 0.2));
    y.backward_from(upstream).of(x).expect("a gradient").to_vec()
}

/// The gradient of Σ yᵢ.
pub fn plain_gradient(y: TensorOf<f64>, x: &TensorOf<f64>) -> Vec<f64> {
    y.sum_all().backward().of(x).expect("a gradient").to_vec()
}

#[track_caller]
pub fn assert_near(got: &[f64], expected: &[f64], bound: f64) {
    assert_eq!(got.len(), expected.len());
    for (i, (a, b)) in got.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= bound || a == b, "{i}: {a} is not {b}\n{got:?}");
    }
}

/// Value and slope of a function of one number.
pub fn at<T: Real>(x: f64, f: impl Fn(&TensorOf<T>) -> TensorOf<T>) -> [f64; 2] {
    let x = TensorOf::new(vec![T::of(x)], &[]).tracked();
    let y = f(&x);
    let value = y.item().f64();
    [value, y.backward().of(&x).unwrap().item().f64()]
}

/// Value and both slopes of a function of two numbers.
pub fn at2(
    a: f64,
    b: f64,
    f: impl Fn(&TensorOf<f64>, &TensorOf<f64>) -> TensorOf<f64>,
) -> [f64; 3] {
    let (a, b) = (row(&[a]), row(&[b]));
    let y = f(&a, &b);
    let value = y.item();
    let gradients = y.backward();
    [value, gradients.of(&a).unwrap().item(), gradients.of(&b).unwrap().item()]
}

/// Equal numbers; NaN counts as equal to NaN.
#[track_caller]
pub fn same<const N: usize>(got: [f64; N], expected: [f64; N]) {
    let equal = |(a, b): (&f64, &f64)| a == b || a.is_nan() && b.is_nan();
    assert!(got.iter().zip(&expected).all(equal), "got {got:?}, expected {expected:?}");
}

/// Equal to within a relative error.
#[track_caller]
pub fn near<const N: usize>(got: [f64; N], expected: [f64; N], tolerance: f64) {
    for (got, expected) in got.into_iter().zip(expected) {
        let error = ((got - expected) / expected).abs();
        assert!(error <= tolerance, "got {got}, expected {expected}: error {error:e}");
    }
}
