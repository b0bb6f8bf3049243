//! Scaled dot-product attention (Vaswani et al. 2017, equation 1).

use super::Mask;
use crate::autograd::TensorOf;
use crate::element::Real;
use crate::neural_network::Context;

/// Queries, keys and values, `[B, H, T, D/H]`, `[B, H, S, D/H]` and `[B, H, S, D/H]`.
pub struct Attention<'a, T: Real> {
    /// What each position looks for.
    pub query: &'a TensorOf<T>,
    /// What each position can be found by.
    pub key: &'a TensorOf<T>,
    /// What is found there.
    pub value: &'a TensorOf<T>,
    /// Which keys a query may not see.
    pub mask: &'a Mask,
    /// The probability with which a share is dropped in training.
    pub dropout: f64,
}

impl<T: Real> Attention<'_, T> {
    // ANCHOR: weights
    /// softmax(Q Kᵀ / √(D/H)), with −∞ where a key is hidden: `[B, H, T, S]`. A query that
    /// sees nothing has zeros.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn weights(&self) -> TensorOf<T> {
        let (queries, keys) = (self.query.shape()[2], self.key.shape()[2]);
        let scale = T::of(1.0 / (self.query.shape()[3] as f64).sqrt());
        let scores = self.query.matmul(&self.key.transpose(2, 3)) * scale;
        match self.mask.hidden([queries, keys]) {
            Some(hidden) => scores.masked_fill(&hidden, -T::INFINITY).softmax(),
            None => scores.softmax(),
        }
    }
    // ANCHOR_END: weights

    /// The mean of the values by [`weights`](Attention::weights), of which dropout drops some
    /// in training: `[B, H, T, D/H]`. Builds the matrix of all weights.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn naive(&self, context: &mut Context) -> TensorOf<T> {
        context.dropout(&self.weights(), self.dropout).matmul(self.value)
    }
}

/// What each query finds: `[B, H, T, D/H]`.
///
/// # Panics
/// When the shapes do not fit.
#[track_caller]
pub fn attend<T: Real>(attention: &Attention<T>, context: &mut Context) -> TensorOf<T> {
    attention.naive(context)
}
