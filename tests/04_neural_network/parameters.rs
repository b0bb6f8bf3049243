//! A parameter is a handle: one wherever it is held.

use crate::support::*;
use gradus::neural_network::*;
use gradus::random::generator;
use gradus::tensor::Array;

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

// ANCHOR: paths
#[test]
fn every_parameter_has_a_path() {
    let model = Mlp::<f32>::new(&[64, 32, 10], Activation::Relu, &mut generator(1));
    let named = named_parameters(&model);
    let shown: Vec<String> =
        named.iter().map(|(path, p)| format!("{path} {:?}", p.shape())).collect();
    let expected = [
        "layers.0.weight [32, 64]",
        "layers.0.bias [32]",
        "layers.1.weight [10, 32]",
        "layers.1.bias [10]",
    ];
    assert_eq!(shown, expected);
    assert_eq!(parameter_count(&model).0, 32 * 64 + 32 + 10 * 32 + 10);
}
// ANCHOR_END: paths
