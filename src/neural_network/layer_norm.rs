//! Mean 0 and variance 1 for every row, then a gain and a bias that are learned.

use super::Parameter;
use crate::autograd::TensorOf;
use crate::element::Real;
use crate::module;
use crate::tensor::Array;

/// The layer around the operation of that name (Ba, Kiros and Hinton 2016).
pub struct LayerNorm<T: Real> {
    /// The gain: `[width]`, 1 at the start.
    pub weight: Parameter<T>,
    /// The bias: `[width]`, 0 at the start.
    pub bias: Parameter<T>,
    /// What is added to the variance under the root.
    pub epsilon: f64,
}

impl<T: Real> LayerNorm<T> {
    /// A layer that leaves standardised rows as they are.
    pub fn new(width: usize, epsilon: f64) -> LayerNorm<T> {
        LayerNorm {
            weight: Parameter::new(Array::full(T::ONE, &[width])),
            bias: Parameter::new(Array::zeros(&[width])),
            epsilon,
        }
    }

    /// Every row of the last axis standardised, times the gain, plus the bias.
    #[track_caller]
    pub fn forward(&self, x: &TensorOf<T>) -> TensorOf<T> {
        x.layer_norm(&self.weight.tensor(), &self.bias.tensor(), self.epsilon)
    }
}

module!(LayerNorm { weight, bias; epsilon });
