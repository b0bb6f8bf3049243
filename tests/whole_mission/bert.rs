//! An encoder after Devlin et al. (2019): post-norm, segments, masked tokens.

use super::attention::{Attention, KeyValue, padding};
use super::support::{self, distance, tokens, train};
use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::module;
use gradus::neural_network::{
    Context, Embedding, LayerNorm, Linear, named_parameters, trainable,
};
use gradus::ops::CrossEntropyOptions;
use gradus::random::{Generator, generator};
use gradus::tensor::Array;

#[derive(Debug, Clone, Copy)]
pub struct BertConfig {
    pub vocabulary: usize,
    pub positions: usize,
    pub width: usize,
    pub heads: usize,
    pub layers: usize,
}

impl Default for BertConfig {
    fn default() -> BertConfig {
        BertConfig { vocabulary: 13, positions: 10, width: 16, heads: 2, layers: 2 }
    }
}

pub struct Layer<T: Real> {
    pub attention: Attention<T>,
    pub attention_norm: LayerNorm<T>,
    pub intermediate: Linear<T>,
    pub output: Linear<T>,
    pub output_norm: LayerNorm<T>,
}

module!(Layer { attention, attention_norm, intermediate, output, output_norm });

pub struct Bert<T: Real> {
    pub token: Embedding<T>,
    pub position: Embedding<T>,
    pub segment: Embedding<T>,
    pub norm: LayerNorm<T>,
    pub layer: Vec<Layer<T>>,
}

module!(Bert { token, position, segment, norm, layer });

/// The encoder, and what guesses masked tokens: dense, GELU, norm, and a decoder whose
/// weight is that of the embeddings.
pub struct MaskedLm<T: Real> {
    pub bert: Bert<T>,
    pub dense: Linear<T>,
    pub norm: LayerNorm<T>,
    pub decoder: Linear<T>,
}

module!(MaskedLm { bert, dense, norm, decoder });

impl<T: Real> Layer<T> {
    fn new(config: &BertConfig, random: &mut Generator) -> Layer<T> {
        let width = config.width;
        Layer {
            attention: Attention::new(width, config.heads, 0.02, 0.02, random),
            attention_norm: LayerNorm::new(width, 1e-12),
            intermediate: Linear::new(width, 4 * width, 0.02, random),
            output: Linear::new(4 * width, width, 0.02, random),
            output_norm: LayerNorm::new(width, 1e-12),
        }
    }

    fn forward(
        &self,
        x: &TensorOf<T>,
        hidden: &Array<u32>,
        past: Option<&KeyValue<T>>,
        context: &mut Context,
    ) -> TensorOf<T> {
        let (y, _) = self.attention.forward(x, hidden, past, context);
        let x = self.attention_norm.forward(&(x + y));
        let wide = self.intermediate.forward(&x, context).gelu();
        self.output_norm.forward(&(&x + self.output.forward(&wide, context)))
    }
}

impl<T: Real> Bert<T> {
    pub fn new(config: BertConfig, random: &mut Generator) -> Bert<T> {
        let mut table = |rows| Embedding::new(rows, config.width, 0.02, random);
        Bert {
            token: table(config.vocabulary),
            position: table(config.positions),
            segment: table(2),
            norm: LayerNorm::new(config.width, 1e-12),
            layer: (0..config.layers).map(|_| Layer::new(&config, random)).collect(),
        }
    }

    /// ids and segments `[B, T]`, 1 where a token is real `[B, T]` → `[B, T, D]`
    #[track_caller]
    pub fn forward(
        &self,
        ids: &Array<u32>,
        segments: &Array<u32>,
        attention_mask: &Array<u32>,
        context: &mut Context,
    ) -> TensorOf<T> {
        let embeddings = self.token.forward(ids);
        self.forward_embeddings(&embeddings, segments, attention_mask, &[], context)
    }

    /// The same from token embeddings `[B, T, D]`, with keys and values before each layer's
    /// own; the mask then is `[B, P + T]`.
    #[track_caller]
    pub fn forward_embeddings(
        &self,
        embeddings: &TensorOf<T>,
        segments: &Array<u32>,
        attention_mask: &Array<u32>,
        past: &[KeyValue<T>],
        context: &mut Context,
    ) -> TensorOf<T> {
        let positions = Array::from_fn(&[embeddings.shape()[1]], |i| i as u32);
        let sum = embeddings
            + self.position.forward(&positions)
            + self.segment.forward(segments);
        let (hidden, mut x) = (padding(attention_mask), self.norm.forward(&sum));
        for (number, layer) in self.layer.iter().enumerate() {
            x = layer.forward(&x, &hidden, past.get(number), context);
        }
        x
    }
}

impl<T: Real> MaskedLm<T> {
    pub fn new(config: BertConfig, random: &mut Generator) -> MaskedLm<T> {
        let (bert, width) = (Bert::new(config, random), config.width);
        let decoder = Linear::new(width, config.vocabulary, 0.0, random);
        let decoder = Linear { weight: bert.token.weight.clone(), ..decoder };
        let dense = Linear::new(width, width, 0.02, random);
        MaskedLm { bert, dense, norm: LayerNorm::new(width, 1e-12), decoder }
    }

    /// The encoder's output `[.., D]` → logits `[.., V]`
    pub fn head(&self, x: &TensorOf<T>, context: &mut Context) -> TensorOf<T> {
        let x = self.norm.forward(&self.dense.forward(x, context).gelu());
        self.decoder.forward(&x, context)
    }

    /// The mean surprise at the tokens behind the masks: logits are computed there only.
    pub fn loss(&self, batch: &Masked, context: &mut Context) -> TensorOf<T> {
        let x = self.bert.forward(&batch.ids, &batch.segments, &batch.real, context);
        let [count, length, width] = *x.shape() else { unreachable!() };
        let (places, targets) = batch.chosen();
        let x = x.reshape(&[count * length, width]).index_select(&places);
        self.head(&x, context).cross_entropy(&targets, CrossEntropyOptions::default())
    }
}

/// Where the loss does not look.
const IGNORED: u32 = u32::MAX;
/// The id that stands where a token is to be guessed.
const MASK: u32 = 12;

/// Sequences with holes, `[B, T]` each.
pub struct Masked {
    pub ids: Array<u32>,
    pub segments: Array<u32>,
    pub real: Array<u32>,
    pub labels: Array<u32>,
}

impl Masked {
    /// Two rows of six tokens, the second padded by two; two holes in each.
    pub fn new() -> Masked {
        let (original, holes) = (tokens(&[2, 6], 12, 1), [1, 4, 6, 9]);
        let (mut ids, mut labels) = (original.to_vec(), vec![IGNORED; 12]);
        for hole in holes {
            (labels[hole], ids[hole]) = (ids[hole], MASK);
        }
        Masked {
            ids: Array::new(ids, &[2, 6]),
            segments: Array::from_fn(&[2, 6], |i| u32::from(i % 6 > 2)),
            real: Array::new([[1; 6], [1, 1, 1, 1, 0, 0]].concat(), &[2, 6]),
            labels: Array::new(labels, &[2, 6]),
        }
    }

    /// The places with a label, counted row after row, and the labels.
    fn chosen(&self) -> (Array<u32>, Array<u32>) {
        let labels = self.labels.to_vec().into_iter().zip(0u32..);
        let chosen = labels.filter(|(label, _)| *label != IGNORED);
        let (labels, places): (Vec<u32>, Vec<u32>) = chosen.unzip();
        let count = places.len();
        (Array::new(places, &[count]), Array::new(labels, &[count]))
    }
}

/// A model whose weights are large enough that everything matters.
pub fn lively<T: Real>(seed: u64) -> MaskedLm<T> {
    support::lively(MaskedLm::new(BertConfig::default(), &mut generator(seed)), 10.0)
}

#[test]
fn logits_at_the_masked_places_alone_give_the_loss_over_all_with_ignored_labels() {
    let (model, batch) = (lively::<f64>(1), Masked::new());
    let context = &mut Context::evaluation();
    let few = model.loss(&batch, context);
    let x = model.bert.forward(&batch.ids, &batch.segments, &batch.real, context);
    let options =
        CrossEntropyOptions { ignore_index: Some(IGNORED), ..Default::default() };
    let all = model.head(&x, context).cross_entropy(&batch.labels, options);
    assert!((few.item() - all.item()).abs() < 1e-13);
    let (few, all) = (few.backward(), all.backward());
    for (path, parameter) in named_parameters(&model) {
        let [few, all] = [&few, &all].map(|g| parameter.gradient(g).expect(&path));
        assert!(distance(few, all) < 1e-13, "{path}");
    }
}

#[test]
fn a_few_steps_of_adamw_fill_the_holes() {
    let model = MaskedLm::<f32>::new(BertConfig::default(), &mut generator(2));
    let (batch, context) = (Masked::new(), &mut Context::training(3));
    let losses = train(trainable(&model), 60, 3e-3, || model.loss(&batch, context));
    assert!((losses[0] - 13f64.ln()).abs() < 0.1, "{}", losses[0]);
    assert!(losses.windows(2).all(|pair| pair[1] < pair[0]), "{losses:?}");
    assert!(losses[59] < 0.1 * losses[0], "{losses:?}");
}

#[test]
fn padding_segments_and_both_directions_are_seen_as_they_should_be() {
    let (model, batch) = (lively::<f64>(4), Masked::new());
    let output = |ids: &Array<u32>, segments: &Array<u32>, real: &Array<u32>| {
        model
            .bert
            .forward(ids, segments, real, &mut Context::evaluation())
            .value()
            .clone()
    };
    let whole = output(&batch.ids, &batch.segments, &batch.real);
    // The padded row alone, without its padding.
    let cut = |array: &Array<u32>| array.slice(0, 1..2).slice(1, 0..4);
    let alone = output(&cut(&batch.ids), &cut(&batch.segments), &cut(&batch.real));
    assert!(distance(&whole.slice(0, 1..2).slice(1, 0..4), &alone) < 1e-12);
    let first = |y: &Array<f64>| y.slice(0, 0..1).slice(1, 0..1);
    let mut ids = batch.ids.clone();
    ids.make_mut()[5] = (batch.ids.at(&[0, 5]) + 1) % 12;
    let later = output(&ids, &batch.segments, &batch.real);
    assert!(distance(&first(&whole), &first(&later)) > 1e-3, "no mask hides the future");
    let other = output(&batch.ids, &Array::zeros(&[2, 6]), &batch.real);
    assert!(distance(&first(&whole), &first(&other)) > 1e-3);
}
