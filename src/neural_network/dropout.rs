//! Dropout as a layer: random in training, nothing in evaluation.

use super::{Context, Linear, Module, Parameter};
use crate::autograd::TensorOf;
use crate::element::Real;

// ANCHOR: dropout
/// In training each element becomes 0 with this probability, and the others grow so that
/// the mean is kept (Srivastava et al. 2014); in evaluation the input itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dropout {
    /// p, in [0, 1].
    pub probability: f64,
}

impl Dropout {
    /// The output for `x`, of the same shape.
    ///
    /// # Panics
    /// When the probability is not in [0, 1], also in evaluation: a model that is tried
    /// before it is trained shows the mistake at once.
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// use gradus::neural_network::{Context, Dropout};
    /// let x = Tensor::new(vec![3.0; 100], &[100]);
    /// let dropout = Dropout { probability: 0.5 };
    /// let y = dropout.forward(&x, &mut Context::training(1)).to_vec();
    /// assert!(y.contains(&0.0) && y.contains(&6.0));
    /// let y = dropout.forward(&x, &mut Context::evaluation());
    /// assert_eq!(y.to_vec(), x.to_vec());
    /// ```
    #[track_caller]
    pub fn forward<T: Real>(
        &self,
        x: &TensorOf<T>,
        context: &mut Context,
    ) -> TensorOf<T> {
        context.dropout(x, self.probability)
    }
}
// ANCHOR_END: dropout

impl<T: Real> Module<T> for Dropout {
    fn parameters(&self, _: &str, _: &mut dyn FnMut(&str, &Parameter<T>)) {}

    fn linears(&mut self, _: &str, _: &mut dyn FnMut(&str, &mut Linear<T>)) {}
}
