//! Parameters by path: shown, chosen, frozen, copied, checked.

use crate::support::*;
use gradus::element;
use gradus::neural_network::*;
use gradus::random::generator;
use gradus::tensor::Array;

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
