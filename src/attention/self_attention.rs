//! Multi-head self-attention (Vaswani et al. 2017, section 3.2.2), with a past.

use super::{Attention, Mask, attend, heads};
use crate::autograd::TensorOf;
use crate::element::Real;
use crate::neural_network::module::at;
use crate::neural_network::{Context, Linear, Module, Parameter};
use crate::random::Generator;

/// Keys and values, `[B, H, P, D/H]` each: of earlier positions (a cache), or of positions
/// that never were (a prefix).
pub type KeyValue<T> = (TensorOf<T>, TensorOf<T>);

/// How queries, keys and values are made: the same arithmetic, and two ways to keep the
/// weights.
pub enum Projections<T: Real> {
    /// Three layers, `[D, D]` each, as in BERT.
    Separate {
        /// What each position looks for.
        query: Linear<T>,
        /// What each position can be found by.
        key: Linear<T>,
        /// What is found there.
        value: Linear<T>,
    },
    /// One layer, `[3 D, D]`: the rows of queries, then of keys, then of values, as in GPT-2.
    Joined(Linear<T>),
}

/// The layer.
pub struct SelfAttention<T: Real> {
    /// To queries, keys and values.
    pub projections: Projections<T>,
    /// From what the heads found to the output.
    pub output: Linear<T>,
    /// How many heads there are; they share the width.
    pub heads: usize,
    /// The probability with which a share is dropped in training.
    pub dropout: f64,
}

/// What the layer gives.
pub struct Attended<T: Real> {
    /// `[B, T, D]`
    pub output: TensorOf<T>,
    /// Keys and values of all positions so far, past and own.
    pub present: KeyValue<T>,
    /// How much each query took from each key, `[B, H, T, S]`, if it was asked for.
    pub weights: Option<TensorOf<T>>,
}

/// What a forward pass may be told beside its input; by default nothing.
pub struct Given<'a, T: Real> {
    /// Which keys a query may not see; of the past too.
    pub mask: &'a Mask,
    /// Keys and values that come before the layer's own.
    pub past: Option<&'a KeyValue<T>>,
    /// Whether the weights are wanted. They are then computed, and the output from them.
    pub weights: bool,
}

impl<T: Real> SelfAttention<T> {
    /// With three layers for queries, keys and values.
    ///
    /// # Panics
    /// When the width cannot be cut into so many heads.
    #[track_caller]
    pub fn separate(
        width: usize,
        heads: usize,
        deviation: f64,
        random: &mut Generator,
    ) -> SelfAttention<T> {
        let mut linear = || Linear::new(width, width, deviation, random);
        let (query, key, value) = (linear(), linear(), linear());
        let projections = Projections::Separate { query, key, value };
        SelfAttention::new(projections, linear(), heads)
    }

    /// With one layer for all three. `last` is the deviation of the output's weights.
    ///
    /// # Panics
    /// When the width cannot be cut into so many heads.
    #[track_caller]
    pub fn joined(
        width: usize,
        heads: usize,
        deviation: f64,
        last: f64,
        random: &mut Generator,
    ) -> SelfAttention<T> {
        let joined = Linear::new(width, 3 * width, deviation, random);
        let output = Linear::new(width, width, last, random);
        SelfAttention::new(Projections::Joined(joined), output, heads)
    }

    #[track_caller]
    fn new(
        projections: Projections<T>,
        output: Linear<T>,
        heads: usize,
    ) -> SelfAttention<T> {
        let width = output.weight.shape()[0];
        assert!(
            heads > 0 && width.is_multiple_of(heads),
            "SelfAttention: a width of {width} cannot be cut into {heads} heads"
        );
        SelfAttention { projections, output, heads, dropout: 0.0 }
    }

    // ANCHOR: forward
    /// Every position of `x` `[B, T, D]` looks at all that the mask lets it see.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn forward(
        &self,
        x: &TensorOf<T>,
        given: Given<T>,
        context: &mut Context,
    ) -> Attended<T> {
        let [query, mut key, mut value] = self.project(x, context);
        if let Some((past_key, past_value)) = given.past {
            key = TensorOf::concat(&[past_key, &key], 2); // [B, H, S, D/H]
            value = TensorOf::concat(&[past_value, &value], 2);
        }
        let attention = Attention {
            query: &query,
            key: &key,
            value: &value,
            mask: given.mask,
            dropout: self.dropout,
        };
        let weights = given.weights.then(|| attention.weights());
        let found = match &weights {
            Some(weights) => context.dropout(weights, self.dropout).matmul(&value),
            None => attend(&attention, context),
        };
        let output = self.output.forward(&heads::merge(&found), context);
        Attended { output, present: (key, value), weights }
    }
    // ANCHOR_END: forward

    /// Queries, keys and values, `[B, H, T, D/H]` each.
    #[track_caller]
    fn project(&self, x: &TensorOf<T>, context: &mut Context) -> [TensorOf<T>; 3] {
        match &self.projections {
            Projections::Separate { query, key, value } => [query, key, value]
                .map(|layer| heads::split(&layer.forward(x, context), self.heads)),
            Projections::Joined(layer) => {
                let all = layer.forward(x, context); // [B, T, 3 D]
                let width = all.shape()[2] / 3;
                [0, 1, 2].map(|part| {
                    let columns = part * width..(part + 1) * width;
                    heads::split(&all.slice(2, columns), self.heads)
                })
            }
        }
    }
}

impl<T: Real> Module<T> for SelfAttention<T> {
    fn parameters(&self, path: &str, visit: &mut dyn FnMut(&str, &Parameter<T>)) {
        match &self.projections {
            Projections::Separate { query, key, value } => {
                query.parameters(&at(path, "query"), visit);
                key.parameters(&at(path, "key"), visit);
                value.parameters(&at(path, "value"), visit);
            }
            Projections::Joined(layer) => layer.parameters(&at(path, "joined"), visit),
        }
        self.output.parameters(&at(path, "output"), visit);
    }

    fn linears(&mut self, path: &str, visit: &mut dyn FnMut(&str, &mut Linear<T>)) {
        match &mut self.projections {
            Projections::Separate { query, key, value } => {
                query.linears(&at(path, "query"), visit);
                key.linears(&at(path, "key"), visit);
                value.linears(&at(path, "value"), visit);
            }
            Projections::Joined(layer) => layer.linears(&at(path, "joined"), visit),
        }
        self.output.linears(&at(path, "output"), visit);
    }
}
