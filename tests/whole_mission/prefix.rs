//! P-tuning v2 (Liu et al. 2022): learned keys and values before those of every layer of a
//! frozen model. Positions are not shifted: the first token stays at position 0.

use super::attention::KeyValue;
use super::bert::{self, Masked};
use super::gpt::{Given, Gpt, lively};
use super::support::{numbers, tokens, train};
use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::module;
use gradus::neural_network::{
    Context, Parameter, check_gradients, freeze, init, named_parameters, parameter_count,
    trainable,
};
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;

/// One key and one value for each layer: `[1, H, n, D/H]`.
struct Prefix<T: Real> {
    key: Vec<Parameter<T>>,
    value: Vec<Parameter<T>>,
}

module!(Prefix { key, value });

impl<T: Real> Prefix<T> {
    fn new(layers: usize, heads: usize, length: usize, width: usize) -> Prefix<T> {
        let (shape, random) = ([1, heads, length, width / heads], &mut generator(1));
        let mut some = || {
            let one = |_| Parameter::new(init::normal_array(&shape, 0.5, random));
            (0..layers).map(one).collect::<Vec<_>>()
        };
        Prefix { key: some(), value: some() }
    }

    /// The past of each layer for a batch: `[B, H, n, D/H]`.
    fn past(&self, batch: usize) -> Vec<KeyValue<T>> {
        let rows = |parameter: &Parameter<T>| {
            let mut shape = parameter.shape();
            shape[0] = batch;
            parameter.tensor().broadcast_to(&shape)
        };
        self.key.iter().zip(&self.value).map(|(k, v)| (rows(k), rows(v))).collect()
    }
}

fn logits<T: Real>(model: &Gpt<T>, prefix: &Prefix<T>, ids: &Array<u32>) -> TensorOf<T> {
    let [batch, length] = *ids.shape() else { panic!("[B, T]") };
    let positions = Some(Array::from_fn(&[length], |i| i as u32));
    let past = prefix.past(batch);
    let given = Given { past: &past, positions, attention_mask: None };
    model.forward_given(ids, given, &mut Context::evaluation()).0
}

fn loss<T: Real>(model: &Gpt<T>, prefix: &Prefix<T>) -> TensorOf<T> {
    let ids = tokens(&[4, 5], 11, 2);
    let targets = Array::from_fn(&[4, 5], |i| (i % 5) as u32);
    let options = CrossEntropyOptions::default();
    logits(model, prefix, &ids).cross_entropy(&targets, options)
}

#[test]
fn a_prefix_of_no_positions_is_the_base_bit_for_bit() {
    let (model, prefix) = (lively::<f32>(1), Prefix::new(2, 2, 0, 16));
    let ids = tokens(&[3, 6], 11, 3);
    let base = model.forward(&ids, &mut Context::evaluation());
    assert!(logits(&model, &prefix, &ids).value() == base.value());
}

#[test]
fn every_query_sees_every_position_of_the_prefix() {
    let (model, prefix) = (lively::<f64>(1), Prefix::new(2, 2, 3, 16));
    let ids = tokens(&[1, 4], 11, 4);
    let before = logits(&model, &prefix, &ids);
    for n in 0..3 {
        let first = &prefix.value[0];
        let value = first.value();
        first.update(|values| {
            values[n * 8..(n + 1) * 8].iter_mut().for_each(|v| *v += 1.0)
        });
        let after = logits(&model, &prefix, &ids);
        first.set(value);
        for t in 0..4 {
            let row = |y: &TensorOf<f64>| y.value().slice(1, t..t + 1);
            assert!(super::support::distance(&row(&before), &row(&after)) > 1e-4);
        }
    }
}

#[test]
fn only_prefixes_learn_and_the_frozen_base_stays_bit_for_bit() {
    let (model, prefix) = (lively::<f32>(1), Prefix::new(2, 2, 3, 16));
    assert_eq!(parameter_count(&prefix), (2 * 2 * 3 * 16, 2 * 2 * 3 * 16));
    let before = numbers(&model);
    freeze(&model, |_| true);
    let named = named_parameters(&model).into_iter().map(|(_, parameter)| parameter);
    let all = named.chain(trainable(&prefix)).collect();
    let losses = train(all, 60, 5e-2, || loss(&model, &prefix));
    assert!(losses[59] < 0.6 * losses[0], "{losses:?}");
    assert!(numbers(&model) == before);
}

#[test]
fn the_gradient_of_the_prefixes_agrees_with_finite_differences() {
    let (model, prefix) = (lively::<f64>(1), Prefix::new(2, 2, 3, 16));
    freeze(&model, |_| true);
    for (path, report) in check_gradients(&prefix, || loss(&model, &prefix)) {
        assert!(report.fault.is_none(), "{path}: {report:?}");
    }
}

#[test]
fn the_same_prefixes_fit_the_bert_and_its_padding() {
    let (model, prefix) = (bert::lively::<f64>(1), Prefix::new(2, 2, 3, 16));
    freeze(&model, |_| true);
    let batch = Masked::new();
    let output = |batch: &Masked| {
        let real = batch.real.pad(1, 3, 0, 1); // the prefix is real
        let embeddings = model.bert.token.forward(&batch.ids);
        let (past, context) = (prefix.past(2), &mut Context::evaluation());
        model.bert.forward_embeddings(&embeddings, &batch.segments, &real, &past, context)
    };
    let mut other = Masked::new();
    other.ids.make_mut()[11] = 5; // padding of the second row
    let (y, z) = (output(&batch), output(&other));
    let real = |y: &TensorOf<f64>| y.value().slice(0, 1..2).slice(1, 0..4);
    assert!(real(&y) == real(&z) && y.value() != z.value());
    let gradients = y.mul(&y).slice(2, 0..3).sum_all().backward();
    for (path, parameter) in named_parameters(&prefix) {
        let gradient = parameter.gradient(&gradients).expect(&path).to_vec();
        assert!(gradient.iter().any(|g| g.abs() > 1e-3), "{path}");
    }
}
