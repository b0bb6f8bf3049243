//! A decoder after Radford et al. (2019): pre-norm, causal, its head tied to its embeddings.

use super::attention::{Attention, KeyValue, either, future, padding};
use super::support::{self, distance, tokens, train};
use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::module;
use gradus::neural_network::{
    Context, Embedding, LayerNorm, Linear, Parameter, named_parameters, parameter_count,
    trainable,
};
use gradus::ops::CrossEntropyOptions;
use gradus::random::{Generator, generator};
use gradus::tensor::Array;

#[derive(Debug, Clone, Copy)]
pub struct GptConfig {
    pub vocabulary: usize,
    pub positions: usize,
    pub width: usize,
    pub heads: usize,
    pub layers: usize,
    pub dropout: f64,
}

impl Default for GptConfig {
    fn default() -> GptConfig {
        let (vocabulary, positions, width) = (11, 12, 16);
        GptConfig { vocabulary, positions, width, heads: 2, layers: 2, dropout: 0.0 }
    }
}

pub struct Block<T: Real> {
    pub attention_norm: LayerNorm<T>,
    pub attention: Attention<T>,
    pub mlp_norm: LayerNorm<T>,
    pub up: Linear<T>,
    pub down: Linear<T>,
    pub dropout: f64,
}

module!(Block { attention_norm, attention, mlp_norm, up, down; dropout });

pub struct Gpt<T: Real> {
    pub token: Embedding<T>,
    pub position: Embedding<T>,
    pub blocks: Vec<Block<T>>,
    pub norm: LayerNorm<T>,
    pub head: Linear<T>,
    pub config: GptConfig,
}

module!(Gpt { token, position, blocks, norm, head; config });

/// What a forward pass may be told beside its input; by default nothing.
#[derive(Default)]
pub struct Given<'a, T: Real> {
    /// Keys and values of each layer that come before; none if empty.
    pub past: &'a [KeyValue<T>],
    /// The positions of the input, `[T]` or `[B, T]`; by default they go on after the past.
    pub positions: Option<Array<u32>>,
    /// `[B, P + T]`: 1 where a position is real, 0 where it is padding.
    pub attention_mask: Option<&'a Array<u32>>,
}

impl<T: Real> Block<T> {
    fn new(config: &GptConfig, random: &mut Generator) -> Block<T> {
        let width = config.width;
        let last = 0.02 / (2.0 * config.layers as f64).sqrt();
        Block {
            attention_norm: LayerNorm::new(width, 1e-5),
            attention: Attention::new(width, config.heads, 0.02, last, random),
            mlp_norm: LayerNorm::new(width, 1e-5),
            up: Linear::new(width, 4 * width, 0.02, random),
            down: Linear::new(4 * width, width, last, random),
            dropout: config.dropout,
        }
    }

    fn forward(
        &self,
        x: &TensorOf<T>,
        hidden: &Array<u32>,
        past: Option<&KeyValue<T>>,
        context: &mut Context,
    ) -> (TensorOf<T>, KeyValue<T>) {
        let normal = self.attention_norm.forward(x);
        let (y, present) = self.attention.forward(&normal, hidden, past, context);
        let x = x + context.dropout(&y, self.dropout);
        let wide = self.up.forward(&self.mlp_norm.forward(&x), context).gelu_tanh();
        let y = self.down.forward(&wide, context);
        (x + context.dropout(&y, self.dropout), present)
    }
}

impl<T: Real> Gpt<T> {
    pub fn new(config: GptConfig, random: &mut Generator) -> Gpt<T> {
        let width = config.width;
        let token = Embedding::new(config.vocabulary, width, 0.02, random);
        let head = Linear { weight: token.weight.clone(), bias: None, branch: None };
        Gpt {
            token,
            position: Embedding::new(config.positions, width, 0.02, random),
            blocks: (0..config.layers).map(|_| Block::new(&config, random)).collect(),
            norm: LayerNorm::new(width, 1e-5),
            head,
            config,
        }
    }

    /// ids `[B, T]` → logits `[B, T, V]`
    #[track_caller]
    pub fn forward(&self, ids: &Array<u32>, context: &mut Context) -> TensorOf<T> {
        self.forward_given(ids, Given::default(), context).0
    }

    /// The same, with what is given, and the keys and values so far.
    #[track_caller]
    pub fn forward_given(
        &self,
        ids: &Array<u32>,
        given: Given<T>,
        context: &mut Context,
    ) -> (TensorOf<T>, Vec<KeyValue<T>>) {
        let embeddings = self.token.forward(ids);
        let (x, present) = self.forward_embeddings(&embeddings, given, context);
        (self.head.forward(&x, context), present)
    }

    /// Token embeddings `[B, T, D]` → the last layer's output `[B, T, D]`.
    #[track_caller]
    pub fn forward_embeddings(
        &self,
        embeddings: &TensorOf<T>,
        given: Given<T>,
        context: &mut Context,
    ) -> (TensorOf<T>, Vec<KeyValue<T>>) {
        let (length, past) = (
            embeddings.shape()[1],
            given.past.first().map_or(0, |(key, _)| key.shape()[2]),
        );
        let after = || Array::from_fn(&[length], |i| (past + i) as u32);
        let position = self.position.forward(&given.positions.unwrap_or_else(after));
        let hidden = future(length, past);
        let hidden = match given.attention_mask {
            Some(mask) => either(&hidden, &padding(mask)),
            None => hidden,
        };
        let mut x = context.dropout(&(embeddings + position), self.config.dropout);
        let mut present = Vec::new();
        for (layer, block) in self.blocks.iter().enumerate() {
            let (y, own) = block.forward(&x, &hidden, given.past.get(layer), context);
            x = y;
            present.push(own);
        }
        (self.norm.forward(&x), present)
    }

    /// The mean surprise at the next token. ids `[B, T + 1]`
    pub fn loss(&self, ids: &Array<u32>, context: &mut Context) -> TensorOf<T> {
        let last = ids.shape()[1] - 1;
        let logits = self.forward(&ids.slice(1, 0..last), context);
        let targets = ids.slice(1, 1..last + 1);
        logits.cross_entropy(&targets, CrossEntropyOptions::default())
    }
}

/// A model whose weights are large enough that everything matters.
pub fn lively<T: Real>(seed: u64) -> Gpt<T> {
    support::lively(Gpt::new(GptConfig::default(), &mut generator(seed)), 12.0)
}

#[test]
fn the_loss_begins_at_the_logarithm_of_the_vocabulary() {
    let model = Gpt::<f32>::new(GptConfig::default(), &mut generator(1));
    let loss = model.loss(&tokens(&[4, 9], 11, 2), &mut Context::evaluation()).item();
    assert!((loss - 11f32.ln()).abs() < 0.02, "{loss}");
}

/// An untied twin has the same logits and two gradients: the tied one has their sum.
#[test]
fn a_tied_head_gets_the_sum_of_both_gradients_and_counts_once() {
    let (tied, mut twin) = (lively::<f64>(1), lively::<f64>(1));
    twin.head.weight = Parameter::new(twin.token.weight.value());
    let (shared, ids) = (11 * 16, tokens(&[2, 6], 11, 3));
    assert_eq!(parameter_count(&twin).1, parameter_count(&tied).1 + shared);
    let names = named_parameters(&tied);
    assert!(names.iter().all(|(path, _)| path != "head.weight"));
    let gradients = tied.loss(&ids, &mut Context::evaluation()).backward();
    let apart = twin.loss(&ids, &mut Context::evaluation()).backward();
    let sum = tied.token.weight.gradient(&gradients).unwrap();
    let parts = [&twin.token.weight, &twin.head.weight];
    let [embedding, head] = parts.map(|weight| weight.gradient(&apart).unwrap());
    let expected = embedding.zip(head, "sum", |a, b| a + b);
    assert!(distance(sum, &expected) < 1e-14);
    assert!(distance(sum, embedding) > 1e-2 && distance(sum, head) > 1e-2);
}

#[test]
fn a_change_leaves_all_earlier_outputs_as_they_are_bit_for_bit() {
    let (model, ids) = (lively::<f32>(1), tokens(&[2, 8], 11, 4));
    let logits = |ids: &Array<u32>| model.forward(ids, &mut Context::evaluation());
    let before = logits(&ids);
    for t in 0..8 {
        let mut changed = ids.clone();
        let token = &mut changed.make_mut()[8 + t]; // in the second row
        *token = (*token + 1) % 11;
        let (after, row) =
            (logits(&changed), |y: &TensorOf<f32>| y.value().slice(0, 1..2));
        assert!(row(&after).slice(1, 0..t) == row(&before).slice(1, 0..t));
        assert!(row(&after).slice(1, t..t + 1) != row(&before).slice(1, t..t + 1));
        assert!(after.value().slice(0, 0..1) == before.value().slice(0, 0..1));
    }
}

#[test]
fn generation_with_a_cache_is_the_full_forward_pass_token_for_token() {
    let (model, context) = (lively::<f32>(5), &mut Context::evaluation());
    let mut ids = tokens(&[2, 3], 11, 6);
    let (mut past, mut new, mut seen) = (Vec::new(), ids.clone(), Vec::new());
    for _ in 0..9 {
        let given = Given { past: &past, ..Given::default() };
        let (logits, present) = model.forward_given(&new, given, context);
        past = present;
        let last = |logits: &Array<f32>| {
            let length = logits.shape()[1];
            logits.slice(1, length - 1..length)
        };
        let (cached, full) = (last(logits.value()), model.forward(&ids, context));
        assert!(distance(&cached, &last(full.value())) < 1e-5);
        new = cached.argmax(2); // [B, 1]
        assert!(new == last(full.value()).argmax(2));
        ids = Array::concat(&[ids, new.clone()], 1);
        seen.extend(new.to_vec());
    }
    assert_eq!((past[0].0.shape(), ids.shape()), (&[2, 2, 11, 8][..], &[2, 12][..]));
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() > 2, "a text of one token would prove little: {seen:?}");
}

#[test]
fn rows_of_different_lengths_padded_on_the_left_are_as_if_they_were_alone() {
    let (model, context) = (lively::<f64>(7), &mut Context::evaluation());
    let (long, short) = (tokens(&[1, 6], 11, 8), tokens(&[1, 4], 11, 9));
    let both = Array::concat(&[long.clone(), short.pad(1, 2, 0, 0)], 0);
    let real = Array::new([[1; 6], [0, 0, 1, 1, 1, 1]].concat(), &[2, 6]);
    let positions = Array::new(vec![0, 1, 2, 3, 4, 5, 0, 0, 0, 1, 2, 3], &[2, 6]);
    let given = Given {
        positions: Some(positions),
        attention_mask: Some(&real),
        ..Given::default()
    };
    let (logits, _) = model.forward_given(&both, given, context);
    let alone = |ids| model.forward(ids, &mut Context::evaluation());
    let row =
        |row: usize, from: usize| logits.value().slice(0, row..row + 1).slice(1, from..6);
    assert!(distance(&row(0, 0), alone(&long).value()) < 1e-12);
    assert!(distance(&row(1, 2), alone(&short).value()) < 1e-12);
}

#[test]
fn one_small_batch_can_be_learned_by_heart() {
    let config = GptConfig { dropout: 0.0, ..GptConfig::default() };
    let model = Gpt::<f32>::new(config, &mut generator(10));
    let (ids, context) = (tokens(&[3, 7], 11, 11), &mut Context::training(12));
    // The first token of each row tells the rows apart.
    let ids = Array::concat(&[Array::new(vec![0, 1, 2], &[3, 1]), ids], 1);
    let losses = train(trainable(&model), 150, 1e-2, || model.loss(&ids, context));
    let last = losses.last().unwrap();
    assert!(losses[0] > 2.3 && *last < 0.02, "{} {last}", losses[0]);
}

#[test]
fn dropout_follows_the_stream_of_the_context_and_rests_in_evaluation() {
    let config = GptConfig { dropout: 0.2, ..GptConfig::default() };
    let model = Gpt::<f32>::new(config, &mut generator(13));
    let ids = tokens(&[2, 5], 11, 14);
    let logits = |context: &mut Context| model.forward(&ids, context).to_vec();
    let (first, second) = (&mut Context::training(1), &mut Context::training(1));
    assert_eq!(logits(first), logits(second));
    assert_ne!(logits(first), logits(&mut Context::training(1)), "the stream goes on");
    let quiet = logits(&mut Context::evaluation());
    assert_ne!(logits(first), quiet);
    assert_eq!(logits(&mut Context::evaluation()), quiet);
}
