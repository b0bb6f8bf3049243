//! Low-rank branches beside linear layers (Hu et al. 2022), on a model that knows nothing of
//! them: h = W x + α/r · B A · dropout(x).

use super::bert::{self, Masked};
use super::gpt::{Gpt, lively};
use super::support::{distance, numbers, tokens, train};
use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::module;
use gradus::neural_network::{
    Branch, Context, Module, Parameter, check_gradients, freeze, init, named_parameters,
    parameter_count, trainable, weights,
};
use gradus::random::{Generator, generator};
use gradus::tensor::Array;
use std::collections::BTreeMap;

/// Clones are the same branch: one is attached, one is kept.
#[derive(Clone)]
struct Lora<T: Real> {
    lora_a: Parameter<T>,
    lora_b: Parameter<T>,
    scale: f64,
    dropout: f64,
}

module!(Lora { lora_a, lora_b; scale, dropout });

impl<T: Real> Branch<T> for Lora<T> {
    fn forward(&self, x: &TensorOf<T>, context: &mut Context) -> TensorOf<T> {
        let x = context.dropout(x, self.dropout);
        let low = x.matmul(&self.lora_a.tensor().transpose(0, 1)); // [.., r]
        low.matmul(&self.lora_b.tensor().transpose(0, 1)) * T::of(self.scale)
    }
}

/// The branches of a model, by the paths of their layers.
struct Adapter<T: Real> {
    branches: BTreeMap<String, Lora<T>>,
    /// The weights before a merge.
    kept: BTreeMap<String, Array<T>>,
}

impl<T: Real> Adapter<T> {
    /// Freezes the model and attaches a branch to every linear layer whose path is chosen.
    #[track_caller]
    fn attach(
        model: &mut dyn Module<T>,
        chosen: impl Fn(&str) -> bool,
        rank: usize,
        random: &mut Generator,
    ) -> Adapter<T> {
        freeze(model, |_| true);
        let mut branches = BTreeMap::new();
        model.linears("", &mut |path, linear| {
            if !chosen(path) {
                return;
            }
            let [outputs, inputs] = linear.weight.shape()[..] else { unreachable!() };
            let a = init::normal_array(&[rank, inputs], 1.0 / rank as f64, random);
            let (lora_a, lora_b) =
                (Parameter::new(a), Parameter::new(Array::zeros(&[outputs, rank])));
            let lora = Lora { lora_a, lora_b, scale: 3.0 / rank as f64, dropout: 0.0 };
            linear.branch = Some(Box::new(lora.clone()));
            branches.insert(path.to_string(), lora);
        });
        assert!(!branches.is_empty(), "no linear layer has a path that is chosen");
        Adapter { branches, kept: BTreeMap::new() }
    }

    /// W ← W + α/r · B A, and the branches are taken off.
    #[track_caller]
    fn merge(&mut self, model: &mut dyn Module<T>) {
        assert!(self.kept.is_empty(), "the adapter is merged already");
        model.linears("", &mut |path, linear| {
            let Some(lora) = self.branches.get(path) else { return };
            let weight = linear.weight.value();
            let product = lora.lora_b.value().matmul(&lora.lora_a.value());
            let scale = T::of(lora.scale);
            linear.weight.set(weight.zip(&product, "merge", |w, d| w + scale * d));
            linear.branch = None;
            self.kept.insert(path.to_string(), weight);
        });
    }

    /// Everything as it was before the merge, to the bit.
    fn unmerge(&mut self, model: &mut dyn Module<T>) {
        model.linears("", &mut |path, linear| {
            let Some(weight) = self.kept.remove(path) else { return };
            linear.weight.set(weight);
            linear.branch = Some(Box::new(self.branches[path].clone()));
        });
    }
}

fn adapts(path: &str) -> bool {
    path.ends_with("attention.query") || path.ends_with("attention.value")
}

fn is_lora(path: &str) -> bool {
    path.contains(".lora_")
}

fn with_adapter(seed: u64) -> (Gpt<f32>, Adapter<f32>) {
    let mut model = lively(1);
    let adapter = Adapter::attach(&mut model, adapts, 2, &mut generator(seed));
    (model, adapter)
}

fn logits(model: &Gpt<f32>) -> Array<f32> {
    model.forward(&tokens(&[2, 5], 11, 1), &mut Context::evaluation()).value().clone()
}

fn learn(model: &Gpt<f32>) -> Vec<f64> {
    let ids = tokens(&[3, 8], 11, 2);
    train(trainable(model), 25, 2e-2, || model.loss(&ids, &mut Context::training(3)))
}

#[test]
fn an_adapter_changes_nothing_at_the_start_and_only_b_learns_in_the_first_step() {
    let (base, (model, adapter)) = (lively::<f32>(1), with_adapter(2));
    assert!(logits(&base) == logits(&model));
    assert_eq!(adapter.branches.len(), 4);
    assert_eq!(parameter_count(&model).0, 4 * (2 * 16 + 16 * 2));
    let loss = model.loss(&tokens(&[2, 6], 11, 3), &mut Context::training(4));
    let gradients = loss.backward();
    let largest = |p: &Parameter<f32>| {
        let gradient = p.gradient(&gradients).unwrap();
        gradient.to_vec().iter().fold(0f32, |most, g| most.max(g.abs()))
    };
    for lora in adapter.branches.values() {
        assert_eq!(largest(&lora.lora_a), 0.0);
        assert!(largest(&lora.lora_b) > 1e-3);
    }
}

#[test]
fn what_an_adapter_learned_can_be_merged_into_the_base_and_taken_out_again() {
    let (mut model, mut adapter) = with_adapter(2);
    let base = numbers(&lively::<f32>(1));
    let losses = learn(&model);
    assert!(losses[24] < 0.8 * losses[0], "{losses:?}");
    let base_of = |model: &Gpt<f32>| {
        let mut numbers = numbers(model);
        numbers.retain(|(path, _)| !is_lora(path));
        numbers
    };
    assert!(base_of(&model) == base, "the base is frozen, whatever decays");
    let learned = logits(&model);
    assert!(distance(&learned, &logits(&lively(1))) > 0.1);
    adapter.merge(&mut model);
    assert!(named_parameters(&model).iter().all(|(path, _)| !is_lora(path)));
    let change = distance(&logits(&model), &learned);
    assert!(change > 0.0 && change < 2e-5, "{change}");
    adapter.unmerge(&mut model);
    assert!(base_of(&model) == base && logits(&model) == learned);
}

#[test]
#[should_panic(expected = "merged already")]
fn merging_twice_is_refused() {
    let (mut model, mut adapter) = with_adapter(2);
    adapter.merge(&mut model);
    adapter.merge(&mut model);
}

#[test]
#[should_panic(expected = "no linear layer has a path that is chosen")]
fn a_pattern_that_matches_no_layer_is_refused() {
    Adapter::attach(&mut lively::<f32>(1), |path| path == "c_attn", 2, &mut generator(1));
}

#[test]
fn an_adapter_alone_and_a_merged_model_survive_in_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    weights::save(&lively::<f32>(1), &file("base")).unwrap();
    let (mut model, mut adapter) = with_adapter(2);
    learn(&model);
    let learned = logits(&model);
    weights::save_where(&model, &file("adapter"), is_lora).unwrap();
    assert_eq!(weights::read::<f32>(&file("adapter")).unwrap().len(), 8);
    // Another base, another adapter: both come from files, neither disturbs the other.
    let mut other = lively(7);
    Adapter::attach(&mut other, adapts, 2, &mut generator(8));
    let message = weights::load(&other, &file("base")).unwrap_err().to_string();
    assert!(message.contains("lora_"), "a base is not the whole model: {message}");
    weights::load_where(&other, &file("base"), |path| !is_lora(path)).unwrap();
    assert!(logits(&other) == logits(&lively(1)));
    weights::load_where(&other, &file("adapter"), is_lora).unwrap();
    assert!(logits(&other) == learned);
    // An adapter for other layers is refused.
    let mut fewer = lively::<f32>(1);
    let query = |path: &str| path.ends_with("attention.query");
    Adapter::attach(&mut fewer, query, 2, &mut generator(8));
    let refused = weights::load_where(&fewer, &file("adapter"), is_lora).unwrap_err();
    assert!(refused.to_string().contains("also holds `blocks.0.attention.value.lora_"));
    adapter.merge(&mut model);
    weights::save(&model, &file("merged")).unwrap();
    let plain = lively(9);
    weights::load(&plain, &file("merged")).unwrap();
    assert!(logits(&plain) == logits(&model));
}

#[test]
fn the_same_adapter_fits_the_bert_without_a_change_to_either() {
    let (mut model, batch) = (bert::lively::<f64>(1), Masked::new());
    let loss =
        |model: &bert::MaskedLm<f64>| model.loss(&batch, &mut Context::evaluation());
    let before = loss(&model).item();
    let adapter = Adapter::attach(&mut model, |_| true, 1, &mut generator(2));
    assert_eq!(adapter.branches.len(), 2 * 6 + 2);
    assert_eq!(loss(&model).item(), before);
    let losses = train(trainable(&model), 20, 1e-2, || loss(&model));
    assert!(losses[19] < 0.8 * losses[0], "{losses:?}");
    // Some of the branches are enough to be checked number by number.
    freeze(&model, |path| !path.contains("layer.0.attention.") || !is_lora(path));
    let reports = check_gradients(&model, || loss(&model));
    assert_eq!(reports.len(), 2 * 4);
    for (path, report) in reports {
        assert!(report.fault.is_none(), "{path}: {report:?}");
    }
}
