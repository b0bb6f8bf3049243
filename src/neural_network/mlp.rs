//! The multilayer perceptron: linear layers with a function between them.

use super::{Context, Linear, init};
use crate::autograd::TensorOf;
use crate::element::Real;
use crate::module;
use crate::random::Generator;

/// What stands between two linear layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// max(x, 0).
    Relu,
    /// x Φ(x), exact.
    Gelu,
    /// tanh x.
    Tanh,
}

impl Activation {
    /// The function, on every element.
    pub fn apply<T: Real>(self, x: &TensorOf<T>) -> TensorOf<T> {
        match self {
            Activation::Relu => x.relu(),
            Activation::Gelu => x.gelu(),
            Activation::Tanh => x.tanh(),
        }
    }
}

// ANCHOR: mlp
/// Linear layers of the given sizes, `[.., sizes[0]] → [.., sizes[last]]`, with an
/// activation after each but the last.
pub struct Mlp<T: Real> {
    /// The layers, from the input on.
    pub layers: Vec<Linear<T>>,
    /// What stands between them.
    pub activation: Activation,
}

impl<T: Real> Mlp<T> {
    /// Layers with He's initialisation.
    ///
    /// # Panics
    /// When there are fewer than two sizes.
    #[track_caller]
    pub fn new(
        sizes: &[usize],
        activation: Activation,
        random: &mut Generator,
    ) -> Mlp<T> {
        assert!(
            sizes.len() >= 2,
            "Mlp: {sizes:?} must name at least an input and an output"
        );
        let layer =
            |pair: &[usize]| Linear::new(pair[0], pair[1], init::he(pair[0]), random);
        Mlp { layers: sizes.windows(2).map(layer).collect(), activation }
    }

    // ANCHOR: forward
    /// The output for every row of `x`.
    #[track_caller]
    pub fn forward(&self, x: &TensorOf<T>, context: &mut Context) -> TensorOf<T> {
        let mut hidden = self.layers[0].forward(x, context);
        for layer in &self.layers[1..] {
            hidden = layer.forward(&self.activation.apply(&hidden), context);
        }
        hidden
    }
    // ANCHOR_END: forward
}
// ANCHOR_END: mlp

module!(Mlp { layers; activation });
