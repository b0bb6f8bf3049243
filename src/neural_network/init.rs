//! How large weights are at the start: so large that signals neither fade nor explode on
//! their way through many layers.

use crate::element::Real;
use crate::random::{Generator, normal, uniform};
use crate::tensor::Array;

/// Numbers from a normal distribution with mean 0.
pub fn normal_array<T: Real>(
    shape: &[usize],
    deviation: f64,
    random: &mut Generator,
) -> Array<T> {
    Array::from_fn(shape, |_| T::of(deviation * normal(random)))
}

/// Numbers from the uniform distribution on [−bound, bound].
pub fn uniform_array<T: Real>(
    shape: &[usize],
    bound: f64,
    random: &mut Generator,
) -> Array<T> {
    Array::from_fn(shape, |_| T::of(bound * (2.0 * uniform(random) - 1.0)))
}

// ANCHOR: he
/// The standard deviation √(2 / fan_in), which keeps the second moment of activations
/// through layers with ReLU (He et al. 2015, equation 10).
pub fn he(fan_in: usize) -> f64 {
    (2.0 / fan_in as f64).sqrt()
}

/// The standard deviation √(2 / (fan_in + fan_out)), a compromise between activations and
/// gradients for layers that are nearly linear (Glorot and Bengio 2010, equation 12).
pub fn glorot(fan_in: usize, fan_out: usize) -> f64 {
    (2.0 / (fan_in + fan_out) as f64).sqrt()
}
// ANCHOR_END: he
