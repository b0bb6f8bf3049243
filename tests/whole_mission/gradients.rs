//! The models as a whole: their gradients against finite differences, and f32 against f64.

use super::bert::{BertConfig, Masked, MaskedLm};
use super::gpt::{Gpt, GptConfig};
use super::support::tokens;
use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::neural_network::{Context, Module, check_gradients, named_parameters};
use gradus::random::{generator, normal};
use gradus::tensor::Array;

/// Other numbers everywhere: none at its start, all gradients of a size that shows mistakes.
fn stir<T: Real>(module: &dyn Module<T>) {
    let random = &mut generator(1);
    for (path, parameter) in named_parameters(module) {
        let norm = path.ends_with("norm.weight");
        let number = |_| T::of(f64::from(u8::from(norm)) + 0.5 * normal(random));
        parameter.set(Array::from_fn(&parameter.shape(), number));
    }
}

#[track_caller]
fn assert_gradients(module: &dyn Module<f64>, loss: impl Fn() -> TensorOf<f64>) {
    let gradients = loss().backward();
    for (path, parameter) in named_parameters(module) {
        let gradient = parameter.gradient(&gradients).expect(&path).to_vec();
        let largest = gradient.iter().fold(0f64, |most, g| most.max(g.abs()));
        // Softmax does not see what is added to all keys alike.
        let none = path.ends_with("key.bias");
        assert_eq!(largest < 1e-10, none, "{path}: {largest}");
        assert!(none || largest > 0.1, "{path}: {largest} says little about mistakes");
    }
    for (path, report) in check_gradients(module, loss) {
        assert!(report.fault.is_none(), "{path}: {report:?}");
    }
}

fn gpt<T: Real>() -> Gpt<T> {
    let (vocabulary, positions, width) = (5, 4, 4);
    let config =
        GptConfig { vocabulary, positions, width, heads: 2, layers: 2, dropout: 0.3 };
    let model = Gpt::new(config, &mut generator(2));
    stir(&model);
    model
}

/// In training: the same seed drops the same elements.
fn gpt_loss<T: Real>(model: &Gpt<T>) -> TensorOf<T> {
    model.loss(&tokens(&[2, 5], 5, 3), &mut Context::training(4)) * T::of(300.0)
}

fn bert<T: Real>() -> MaskedLm<T> {
    let (vocabulary, positions, width) = (13, 6, 4);
    let config = BertConfig { vocabulary, positions, width, heads: 2, layers: 2 };
    let model = MaskedLm::new(config, &mut generator(5));
    stir(&model);
    model
}

fn bert_loss<T: Real>(model: &MaskedLm<T>) -> TensorOf<T> {
    model.loss(&Masked::new(), &mut Context::evaluation()) * T::of(300.0)
}

#[test]
fn every_gradient_of_the_gpt_agrees_with_finite_differences() {
    let model = gpt();
    assert_gradients(&model, || gpt_loss(&model));
}

#[test]
fn every_gradient_of_the_bert_agrees_with_finite_differences() {
    let model = bert();
    assert_gradients(&model, || bert_loss(&model));
}

/// Gives a model in f32 the rounded numbers of one in f64, and that one the same.
fn narrow(wide: &dyn Module<f64>, narrow: &dyn Module<f32>) {
    let pairs = named_parameters(wide).into_iter().zip(named_parameters(narrow));
    for ((path, wide), (other, narrow)) in pairs {
        assert_eq!(path, other);
        narrow.set(wide.value().map(|x| x as f32));
        wide.set(narrow.value().map(f64::from));
    }
}

#[track_caller]
fn assert_near(
    (wide, loss): (&dyn Module<f64>, TensorOf<f64>),
    (narrow, near): (&dyn Module<f32>, TensorOf<f32>),
) {
    let relative = (f64::from(near.item()) - loss.item()).abs() / loss.item();
    assert!(relative < 1e-6, "{relative}");
    let (gradients, near) = (loss.backward(), near.backward());
    let pairs = named_parameters(wide).into_iter().zip(named_parameters(narrow));
    for ((path, wide), (_, narrow)) in pairs {
        let exact = wide.gradient(&gradients).unwrap();
        let near = narrow.gradient(&near).unwrap().map(f64::from);
        let error = super::support::distance(exact, &near);
        let largest = exact.to_vec().iter().fold(1f64, |most, g| most.max(g.abs()));
        assert!(error < 2e-5 * largest, "{path}: {error} of {largest}");
    }
}

#[test]
fn the_same_models_in_f32_agree_with_f64() {
    let (wide, near) = (gpt::<f64>(), gpt::<f32>());
    narrow(&wide, &near);
    assert_near((&wide, gpt_loss(&wide)), (&near, gpt_loss(&near)));
    let (wide, near) = (bert::<f64>(), bert::<f32>());
    narrow(&wide, &near);
    assert_near((&wide, bert_loss(&wide)), (&near, bert_loss(&near)));
}
