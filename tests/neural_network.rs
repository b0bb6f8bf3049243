//! Layers: by hand, against finite differences, at the start, and as handles.

use gradus::autograd::TensorOf;
use gradus::element;
use gradus::neural_network::*;
use gradus::random::generator;
use gradus::tensor::Array;

type Real = f64;

fn parameter(values: &[f64], shape: &[usize]) -> Parameter<Real> {
    Parameter::new(Array::new(values.to_vec(), shape))
}

fn input(shape: &[usize]) -> TensorOf<Real> {
    Array::from_fn(shape, |i| (i as f64 * 1.3).sin() + 0.1).into()
}

/// The mean and the standard deviation of numbers.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt())
}

/// Every parameter's gradient of Σ uᵢ yᵢ against central differences of its numbers.
#[track_caller]
fn assert_gradients(module: &dyn Module<Real>, forward: &dyn Fn() -> TensorOf<Real>) {
    let loss = |y: TensorOf<Real>| {
        let weights = Array::from_fn(y.shape(), |i| (i as f64 + 1.0).sin() + 0.2);
        y.mul(&weights.into()).sum_all()
    };
    let gradients = loss(forward()).backward();
    for (path, parameter) in named_parameters(module) {
        let gradient = parameter.gradient(&gradients).expect(&path).to_vec();
        for (element, got) in gradient.into_iter().enumerate() {
            let at = |shift: f64| {
                parameter.update(|values| values[element] += shift);
                let value = loss(forward()).item();
                parameter.update(|values| values[element] -= shift);
                value
            };
            let expected = (at(1e-5) - at(-1e-5)) / 2e-5;
            let bound = 1e-6 * expected.abs().max(1.0);
            assert!(
                (got - expected).abs() <= bound,
                "{path} {element}: {got} {expected}"
            );
        }
    }
}

#[test]
fn a_linear_layer_is_x_times_w_transposed_plus_b() {
    let layer = Linear {
        weight: parameter(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[2, 3]),
        bias: Some(parameter(&[10.0, 20.0], &[2])),
        branch: None,
    };
    let x = TensorOf::new(vec![1.0, 0.0, -1.0], &[1, 3]);
    let y = layer.forward(&x, &mut Context::evaluation());
    assert_eq!((y.shape(), y.to_vec()), (&[1, 2][..], vec![8.0, 18.0]));
    let without = Linear { bias: None, ..layer };
    let y = without.forward(&x, &mut Context::evaluation());
    assert_eq!(y.to_vec(), [-2.0, -2.0]);
}

/// Adds a multiple of the input's first column to every output.
struct Column<T: element::Real> {
    factor: Parameter<T>,
}

gradus::module!(Column { factor });

impl<T: element::Real> Branch<T> for Column<T> {
    fn forward(&self, x: &TensorOf<T>, _: &mut Context) -> TensorOf<T> {
        x.slice(1, 0..1).mul(&self.factor.tensor())
    }
}

#[test]
fn a_branch_is_attached_from_outside_and_adds_to_the_output() {
    let mut model = Mlp::new(&[3, 4, 2], Activation::Tanh, &mut generator(1));
    let forward = |model: &Mlp<Real>| {
        model.forward(&input(&[5, 3]), &mut Context::evaluation()).to_vec()
    };
    let (before, mut met) = (forward(&model), Vec::new());
    model.linears("", &mut |path, linear| {
        met.push(path.to_string());
        linear.branch = Some(Box::new(Column { factor: parameter(&[0.0], &[1]) }));
    });
    assert_eq!(met, ["layers.0", "layers.1"]);
    assert_eq!(forward(&model), before, "a branch of zeros changes nothing");
    let names: Vec<String> =
        named_parameters(&model).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"layers.1.factor".to_string()), "{names:?}");
    let factor = parameter(&[2.0], &[1]);
    model.layers[1].branch = Some(Box::new(Column { factor: factor.clone() }));
    assert_ne!(forward(&model), before);
    assert_gradients(&model, &|| {
        model.forward(&input(&[5, 3]), &mut Context::evaluation())
    });
    freeze(&model, |path| !path.ends_with("factor"));
    assert_eq!(parameter_count(&model).0, 2);
}

#[test]
fn every_layer_agrees_with_finite_differences() {
    let x = input(&[4, 3]);
    for activation in [Activation::Gelu, Activation::Tanh] {
        let model = Mlp::new(&[3, 5, 5, 2], activation, &mut generator(2));
        assert_gradients(&model, &|| model.forward(&x, &mut Context::evaluation()));
    }
    let norm = LayerNorm::new(3, 1e-5);
    norm.weight.set(Array::new(vec![0.5, 1.5, -1.0], &[3]));
    assert_gradients(&norm, &|| norm.forward(&x));
    let embedding = Embedding::new(4, 3, 0.5, &mut generator(3));
    let ids = Array::new(vec![2, 0, 2, 3], &[2, 2]);
    assert_eq!(embedding.forward(&ids).shape(), [2, 2, 3]);
    assert_gradients(&embedding, &|| embedding.forward(&ids));
}

#[test]
fn an_mlp_has_its_activation_between_the_layers_and_not_behind_the_last() {
    let one = |weight: f64| Linear {
        weight: parameter(&[weight], &[1, 1]),
        bias: None,
        branch: None,
    };
    let model = Mlp { layers: vec![one(1.0), one(-3.0)], activation: Activation::Relu };
    let y = |x: f64| {
        let x = TensorOf::new(vec![x], &[1, 1]);
        model.forward(&x, &mut Context::evaluation()).item()
    };
    assert_eq!((y(2.0), y(-2.0)), (-6.0, 0.0));
}

#[test]
fn weights_begin_as_large_as_they_should() {
    let weight = Linear::<f64>::new(400, 300, init::he(400), &mut generator(4)).weight;
    let (mean, deviation) = moments(&weight.value().to_vec());
    // Five standard errors of 120,000 draws.
    let expected = (2.0f64 / 400.0).sqrt();
    assert!(mean.abs() < 5.0 * expected / 120_000f64.sqrt(), "{mean}");
    let error = 5.0 * expected / 240_000f64.sqrt();
    assert!((deviation - expected).abs() < error, "{deviation} {expected}");
    let uniform = init::uniform_array::<f64>(&[120_000], 0.3, &mut generator(5)).to_vec();
    assert!(uniform.iter().all(|x| x.abs() <= 0.3));
    let (_, deviation) = moments(&uniform);
    assert!((deviation - 0.3 / 3f64.sqrt()).abs() < 1e-3, "{deviation}");
    assert_eq!(init::glorot(3, 5), 0.5);
}

#[test]
fn he_keeps_the_size_of_signals_through_twenty_layers() {
    let model = Mlp::<f64>::new(&[256; 21], Activation::Relu, &mut generator(6));
    let x = init::normal_array(&[64, 256], 1.0, &mut generator(7)).into();
    let y = model.forward(&x, &mut Context::evaluation());
    let (_, deviation) = moments(&y.to_vec());
    // Plain normal weights would give 10²⁰ and more, a tenth of He's 10⁻²⁰.
    assert!((0.3..4.0).contains(&deviation), "{deviation}");
}

#[test]
fn a_parameter_is_one_wherever_it_is_held() {
    let first = parameter(&[1.0, 2.0], &[2]);
    let second = first.clone();
    assert!(first.is(&second) && !first.is(&parameter(&[1.0, 2.0], &[2])));
    second.update(|values| values[0] = 5.0);
    assert_eq!(first.value().to_vec(), [5.0, 2.0]);
    // Both uses of a shared parameter add up.
    let loss = first.tensor().mul(&second.tensor()).sum_all();
    let gradients = loss.backward();
    assert_eq!(first.gradient(&gradients).unwrap().to_vec(), [10.0, 4.0]);
}

#[test]
fn an_update_is_in_place_and_whoever_holds_the_old_value_keeps_it() {
    let weight = parameter(&[1.0, 2.0], &[2]);
    let memory = || weight.value().storage().as_ptr();
    let before = memory();
    weight.update(|values| values[0] = 9.0);
    assert_eq!(memory(), before, "nobody else held it: no copy");
    let (held, loss) = (weight.value(), weight.tensor().mul(&weight.tensor()).sum_all());
    weight.update(|values| values.fill(0.0));
    assert_eq!(held.to_vec(), [9.0, 2.0]);
    let gradients = loss.backward();
    assert_eq!(weight.gradient(&gradients).unwrap().to_vec(), [18.0, 4.0]);
}

#[test]
#[should_panic(expected = "shape [2] cannot take a value of shape [3]")]
fn a_value_of_another_shape_is_refused() {
    parameter(&[1.0, 2.0], &[2]).set(Array::zeros(&[3]));
}

#[test]
#[should_panic(expected = "matmul: [1, 3] × [2, 2]")]
fn an_input_of_another_width_is_refused() {
    let layer = Linear::<f64>::new(2, 2, 1.0, &mut generator(8));
    layer.forward(&input(&[1, 3]), &mut Context::evaluation());
}

#[test]
fn dropout_keeps_the_mean_in_training_and_is_the_identity_in_evaluation() {
    let x = TensorOf::from(Array::full(2.0, &[100_000]));
    let dropout = Dropout { probability: 0.25 };
    let y = dropout.forward(&x, &mut Context::training(9)).to_vec();
    let kept = y.iter().filter(|y| **y != 0.0).count() as f64;
    // Five standard errors of 100,000 draws with probability 3/4.
    assert!(
        (kept - 75_000.0).abs() < 5.0 * (100_000.0 * 0.75 * 0.25f64).sqrt(),
        "{kept}"
    );
    assert!(y.iter().all(|y| *y == 0.0 || *y == 2.0 / 0.75));
    let mut context = Context::evaluation();
    let before = context.random.clone();
    assert_eq!(dropout.forward(&x, &mut context).to_vec(), x.to_vec());
    assert_eq!(context.random, before, "nothing is drawn");
    // The next layer, and the next pass, drop others.
    let mut context = Context::training(9);
    let masks: Vec<_> = (0..2).map(|_| dropout.forward(&x, &mut context)).collect();
    assert_eq!(masks[0].to_vec(), y);
    assert_ne!(masks[1].to_vec(), y);
    assert!(named_parameters::<Real>(&dropout).is_empty());
}

#[test]
#[should_panic(expected = "between 0 and 1, and is 1.5")]
fn a_probability_that_is_none_is_refused_in_evaluation_too() {
    Dropout { probability: 1.5 }.forward(&input(&[2]), &mut Context::evaluation());
}

/// Two layers that share a weight, and one that may be missing.
struct Pair<T: element::Real> {
    first: Linear<T>,
    rest: Vec<Linear<T>>,
    extra: Option<Linear<T>>,
    gain: Parameter<T>,
    heads: usize,
}

gradus::module!(Pair { first, rest, extra, gain; heads });

fn pair(seed: u64) -> Pair<Real> {
    let linear = || Linear::new(2, 2, 1.0, &mut generator(seed));
    let (first, gain) = (linear(), parameter(&[1.0], &[1]));
    let shared = Linear { weight: first.weight.clone(), ..linear() };
    Pair { first, rest: vec![linear(), shared], extra: None, gain, heads: 2 }
}

fn paths(parameters: Vec<(String, Parameter<Real>)>) -> Vec<String> {
    parameters.into_iter().map(|(path, _)| path).collect()
}

#[test]
fn a_module_from_a_list_of_fields_shows_all_that_is_in_it() {
    let mut pair = pair(1);
    assert_eq!(pair.heads, 2);
    let all = ["first.weight", "first.bias", "rest.0.weight", "rest.0.bias"];
    let all = [&all[..], &["rest.1.bias", "gain"]].concat();
    assert_eq!(paths(named_parameters(&pair)), all);
    pair.extra = Some(Linear::new(2, 2, 1.0, &mut generator(2)));
    let mut met = Vec::new();
    pair.linears("model", &mut |path, _| met.push(path.to_string()));
    assert_eq!(met, ["model.first", "model.rest.0", "model.rest.1", "model.extra"]);
    assert_eq!(named_parameters(&pair).len(), all.len() + 2);
}

#[test]
fn a_shared_parameter_is_chosen_by_any_of_its_paths_and_named_by_the_first() {
    let pair = pair(1);
    let chosen = select(&pair, |path| path.starts_with("rest.1"));
    assert_eq!(paths(chosen), ["first.weight", "rest.1.bias"]);
    assert_eq!(freeze(&pair, |path| path == "rest.1.weight"), 1);
    assert!(!pair.first.weight.is_trainable());
    assert_eq!(parameter_count(&pair), (4 + 3 * 2 + 1, 2 * 4 + 3 * 2 + 1));
    assert_eq!(trainable(&pair).len(), 5);
    assert_eq!(thaw(&pair, |path| path.starts_with("first")), 2);
    assert_eq!(trainable(&pair).len(), 6);
}

#[test]
#[should_panic(
    expected = "of 6 parameters none was chosen: their paths are like [\"first"
)]
fn a_pattern_that_chooses_nothing_is_refused() {
    freeze(&pair(1), |path| path == "head");
}

#[test]
fn a_copy_has_the_same_numbers_until_one_of_the_two_is_changed() {
    let (from, to) = (pair(1), pair(2));
    freeze(&to, |path| path == "gain");
    copy(&from, &to);
    assert!(!to.first.weight.is(&from.first.weight));
    assert!(to.first.weight.value() == from.first.weight.value());
    assert!(!to.gain.is_trainable() && to.first.weight.is_trainable());
    let before = to.first.weight.value().to_vec();
    from.first.weight.update(|values| values.fill(0.0));
    assert_eq!(to.first.weight.value().to_vec(), before);
}

#[test]
#[should_panic(expected = "one has gain [1], the other has extra.weight [2, 2]")]
fn a_copy_into_another_model_is_refused() {
    let mut other = pair(1);
    other.extra = Some(Linear::new(2, 2, 1.0, &mut generator(2)));
    copy(&pair(1), &other);
}

/// A spoilt gradient must be found, with the path of its parameter.
#[test]
fn the_check_of_a_model_names_the_parameter_whose_gradient_is_wrong() {
    let pair = pair(1);
    freeze(&pair, |path| path == "rest.0.weight");
    let evaluate = |spoilt: bool| {
        let x = pair.first.forward(&input(&[3, 2]), &mut Context::evaluation());
        let bias = pair.rest[0].bias.as_ref().unwrap().tensor();
        let bias = if spoilt { bias.detach() } else { bias };
        x.mul(&bias).sum_all()
    };
    let faults = |spoilt: bool| -> Vec<String> {
        let reports = check_gradients(&pair, || evaluate(spoilt));
        assert_eq!(reports.len(), 5, "the frozen one is left out");
        let wrong = reports.into_iter().filter(|(_, report)| report.fault.is_some());
        wrong.map(|(path, _)| path).collect()
    };
    let before = pair.first.weight.value().to_vec();
    assert_eq!(faults(false), [""; 0]);
    pair.rest[0].bias.as_ref().unwrap().set(Array::new(vec![1.0, -2.0], &[2]));
    assert_eq!(faults(false), [""; 0]);
    assert_eq!(faults(true), ["rest.0.bias"]);
    assert_eq!(pair.first.weight.value().to_vec(), before, "everything is put back");
}

#[test]
fn a_context_drops_in_training_and_leaves_its_stream_alone_in_evaluation() {
    let (x, context) = (input(&[50]), &mut Context::evaluation());
    assert_eq!(context.dropout(&x, 0.5).to_vec(), x.to_vec());
    context.training = true;
    let dropped = context.dropout(&x, 0.5).to_vec();
    assert_eq!(dropped, x.dropout(0.5, &mut generator(0)).to_vec());
    assert_ne!(context.dropout(&x, 0.5).to_vec(), dropped);
}
