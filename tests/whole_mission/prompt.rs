//! P-tuning (Liu et al. 2021): learned embeddings in the places of pseudo-tokens, anywhere
//! in the sequence, beneath a frozen model.

use super::gpt::{Given, Gpt, lively};
use super::support::{numbers, tokens, train};
use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::module;
use gradus::neural_network::{
    Context, Embedding, Linear, check_gradients, freeze, parameter_count, trainable,
};
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;

/// Embeddings of pseudo-tokens, through a small network that ties them to each other.
struct PromptEncoder<T: Real> {
    embedding: Embedding<T>,
    up: Linear<T>,
    down: Linear<T>,
}

module!(PromptEncoder { embedding, up, down });

impl<T: Real> PromptEncoder<T> {
    fn new(length: usize, width: usize, seed: u64) -> PromptEncoder<T> {
        let random = &mut generator(seed);
        PromptEncoder {
            embedding: Embedding::new(length, 4, 0.5, random),
            up: Linear::new(4, 4, 0.5, random),
            down: Linear::new(4, width, 0.5, random),
        }
    }

    /// `[n, D]`
    fn forward(&self, context: &mut Context) -> TensorOf<T> {
        let all = Array::from_fn(&[self.embedding.weight.shape()[0]], |i| i as u32);
        let wide = self.up.forward(&self.embedding.forward(&all), context).relu();
        self.down.forward(&wide, context)
    }
}

/// `embeddings` `[B, T, D]` with each row of `prompt` `[n, D]` put where the finished
/// sequence is to have it: `places`, in rising order. `[B, T + n, D]`
fn splice<T: Real>(
    embeddings: &TensorOf<T>,
    prompt: &TensorOf<T>,
    places: &[usize],
) -> TensorOf<T> {
    let [batch, length, width] = *embeddings.shape() else { panic!("[B, T, D]") };
    let (mut parts, mut used) = (Vec::new(), 0);
    for (row, place) in places.iter().enumerate() {
        let next = place - row; // how many tokens come before it
        parts.push(embeddings.slice(1, used..next));
        parts.push(prompt.slice(0, row..row + 1).broadcast_to(&[batch, 1, width]));
        used = next;
    }
    parts.push(embeddings.slice(1, used..length));
    TensorOf::concat(&parts.iter().collect::<Vec<_>>(), 1)
}

const PLACES: [usize; 3] = [0, 1, 4];

fn logits<T: Real>(
    model: &Gpt<T>,
    prompt: &TensorOf<T>,
    ids: &Array<u32>,
) -> TensorOf<T> {
    let context = &mut Context::evaluation();
    let embeddings = splice(&model.token.forward(ids), prompt, &PLACES);
    let (x, _) = model.forward_embeddings(&embeddings, Given::default(), context);
    model.head.forward(&x, context)
}

/// The surprise at one answer behind every sequence: the prompt alone can bring it about.
fn loss<T: Real>(model: &Gpt<T>, prompt: &PromptEncoder<T>) -> TensorOf<T> {
    let prompt = prompt.forward(&mut Context::training(1));
    let logits = logits(model, &prompt, &tokens(&[4, 5], 11, 2));
    let last = logits.slice(1, 7..8);
    last.cross_entropy(&Array::new(vec![3; 4], &[4, 1]), CrossEntropyOptions::default())
}

#[test]
fn rows_of_the_prompt_stand_where_they_should_among_the_tokens() {
    let embeddings = TensorOf::<f64>::new(vec![1.0, 2.0, 3.0, 4.0], &[1, 4, 1]);
    let prompt = TensorOf::new(vec![-1.0, -2.0, -3.0], &[3, 1]);
    let spliced = splice(&embeddings, &prompt, &PLACES);
    assert_eq!(spliced.to_vec(), [-1.0, -2.0, 1.0, 2.0, -3.0, 3.0, 4.0]);
}

/// The embeddings of real tokens, spliced in, are those tokens.
#[test]
fn a_prompt_of_real_embeddings_is_as_if_the_tokens_had_been_typed() {
    let model = lively::<f64>(1);
    let prompt = model.token.forward(&Array::new(vec![7, 8, 9], &[3]));
    let spliced = logits(&model, &prompt, &Array::new(vec![1, 2, 3], &[1, 3]));
    let typed = Array::new(vec![7, 8, 1, 2, 9, 3], &[1, 6]);
    let typed = model.forward(&typed, &mut Context::evaluation());
    assert!(spliced.value() == typed.value());
}

#[test]
fn only_the_prompt_learns_and_it_brings_the_frozen_model_to_the_answer() {
    let (model, prompt) = (lively::<f32>(1), PromptEncoder::new(3, 16, 2));
    let before = numbers(&model);
    freeze(&model, |_| true);
    assert_eq!(parameter_count(&model).0, 0);
    // Even an optimizer that is given the frozen model as well leaves it alone.
    let named = gradus::neural_network::named_parameters(&model);
    let all = named.into_iter().map(|(_, parameter)| parameter);
    let all = all.chain(trainable(&prompt)).collect();
    let losses = train(all, 40, 2e-2, || loss(&model, &prompt));
    assert!(losses[39] < 0.3 * losses[0], "{losses:?}");
    assert!(numbers(&model) == before);
    // The encoder can be dropped: its outputs, kept as numbers, do the same.
    let cached = prompt.forward(&mut Context::evaluation()).detach();
    let ids = tokens(&[1, 5], 11, 3);
    let live = logits(&model, &prompt.forward(&mut Context::evaluation()), &ids);
    assert!(live.is_tracked() && !logits(&model, &cached, &ids).is_tracked());
    assert!(live.value() == logits(&model, &cached, &ids).value());
}

#[test]
fn the_gradient_of_the_prompt_agrees_with_finite_differences() {
    let (model, prompt) = (lively::<f64>(1), PromptEncoder::new(3, 16, 2));
    freeze(&model, |_| true);
    for (path, report) in check_gradients(&prompt, || loss(&model, &prompt)) {
        assert!(report.fault.is_none(), "{path}: {report:?}");
    }
}
