//! What a forward pass needs to know: training or evaluation, and the random stream.

use crate::autograd::TensorOf;
use crate::element::Real;
use crate::random::{Generator, generator};

/// Whether this is training, and where random choices come from.
pub struct Context {
    /// Training: dropout drops. Evaluation: nothing is random.
    pub training: bool,
    /// The stream of random choices.
    pub random: Generator,
}

impl Context {
    /// Training, with random choices from this seed.
    pub fn training(seed: u64) -> Context {
        Context { training: true, random: generator(seed) }
    }

    /// Evaluation.
    pub fn evaluation() -> Context {
        Context { training: false, random: generator(0) }
    }

    /// [`dropout`](TensorOf::dropout) in training, and `x` itself in evaluation.
    ///
    /// # Panics
    /// When `p` is not in [0, 1], also in evaluation: a model that is tried before it is
    /// trained shows the mistake at once.
    #[track_caller]
    pub fn dropout<T: Real>(&mut self, x: &TensorOf<T>, p: f64) -> TensorOf<T> {
        assert!(
            (0.0..=1.0).contains(&p),
            "dropout: the probability must lie between 0 and 1, and is {p}"
        );
        if self.training { x.dropout(p, &mut self.random) } else { x.clone() }
    }
}
