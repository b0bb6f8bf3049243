//! What the tests of this chapter share.

use gradus::autograd::TensorOf;
use gradus::neural_network::*;
use gradus::tensor::Array;

pub type Real = f64;

pub fn parameter(values: &[f64], shape: &[usize]) -> Parameter<Real> {
    Parameter::new(Array::new(values.to_vec(), shape))
}

pub fn input(shape: &[usize]) -> TensorOf<Real> {
    Array::from_fn(shape, |i| (i as f64 * 1.3).sin() + 0.1).into()
}

/// The mean and the standard deviation of numbers.
pub fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt())
}

/// Every parameter's gradient of Σ uᵢ yᵢ against central differences of its numbers.
#[track_caller]
pub fn assert_gradients(module: &dyn Module<Real>, forward: &dyn Fn() -> TensorOf<Real>) {
    let loss = |y: TensorOf<Real>| {
        let weights = Array::from_fn(y.shape(), |i| (i as f64 + 1.0).sin() + 0.2);
        y.mul(&weights.into()).sum_all()
    };
    let gradients = loss(forward()).backward();
    for (path, parameter) in named_parameters(module) {
        let gradient = parameter.gradient(&gradients).expect(&path).to_vec();
        for (element, got) in gradient.into_iter().enumerate() {
            let at = |shift: f64| {
                parameter.update(|values| values[element] += shift);
                let value = loss(forward()).item();
                parameter.update(|values| values[element] -= shift);
                value
            };
            let expected = (at(1e-5) - at(-1e-5)) / 2e-5;
            let bound = 1e-6 * expected.abs().max(1.0);
            assert!(
                (got - expected).abs() <= bound,
                "{path} {element}: {got} {expected}"
            );
        }
    }
}

/// Every number within `bound` of what is expected.
#[track_caller]
pub fn assert_close(got: &[f64], expected: &[f64], bound: f64) {
    assert_eq!(got.len(), expected.len());
    for (got, expected) in got.iter().zip(expected) {
        assert!((got - expected).abs() <= bound, "{got} {expected}");
    }
}
