//! What layers can and cannot do: linear ones collapse, two neurons make XOR, and a
//! triangle folds.

use crate::support::*;
use gradus::autograd::TensorOf;
use gradus::neural_network::*;
use gradus::random::generator;
use gradus::tensor::Array;

fn layer(weight: &[f64], bias: &[f64]) -> Linear<Real> {
    let inputs = weight.len() / bias.len();
    let (weight, bias) =
        (parameter(weight, &[bias.len(), inputs]), parameter(bias, &[bias.len()]));
    Linear { weight, bias: Some(bias), branch: None }
}

/// The numbers of the page.
#[test]
fn two_linear_layers_are_one() {
    let (first, second) = (layer(&[1.0, 2.0], &[3.0]), layer(&[4.0], &[-5.0]));
    let one = layer(&[4.0, 8.0], &[7.0]);
    let mut context = Context::evaluation();
    for x in [[0.0, 0.0], [1.0, -2.0], [0.5, 3.0]] {
        let x = TensorOf::new(x.to_vec(), &[1, 2]);
        let two = second.forward(&first.forward(&x, &mut context), &mut context);
        assert_eq!(two.item(), one.forward(&x, &mut context).item());
    }
}

// ANCHOR: collapse
#[test]
fn linear_layers_without_an_activation_collapse_to_one() {
    let context = &mut Context::evaluation();
    let random = &mut generator(1);
    let layers: Vec<Linear<f64>> = [[2, 16], [16, 16], [16, 3]]
        .map(|[inputs, outputs]| Linear::new(inputs, outputs, 0.5, random))
        .into();
    let weight =
        layers.iter().rev().map(|layer| layer.weight.value()).reduce(|a, b| a.matmul(&b));
    let one = Linear {
        weight: Parameter::new(weight.expect("three layers")),
        bias: None, // all biases are 0 at the start
        branch: None,
    };
    let x = input(&[50, 2]);
    let deep = layers.iter().fold(x.clone(), |x, layer| layer.forward(&x, context));
    assert_close(&deep.to_vec(), &one.forward(&x, context).to_vec(), 1e-12);
}
// ANCHOR_END: collapse

/// The network of the page: |x₁ − x₂| of two neurons.
#[test]
fn two_hidden_neurons_make_xor() {
    let hidden = layer(&[1.0, -1.0, -1.0, 1.0], &[0.0, 0.0]);
    let output = layer(&[1.0, 1.0], &[-0.5]);
    let model = Mlp { layers: vec![hidden, output], activation: Activation::Relu };
    let x = TensorOf::new(vec![0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0], &[4, 2]);
    let logits = model.forward(&x, &mut Context::evaluation()).to_vec();
    assert_eq!(logits, [-0.5, 0.5, 0.5, -0.5]);
}

/// By the sum of two logits on each side: no line can do it.
#[test]
fn no_weights_of_one_layer_make_xor() {
    let corners = TensorOf::new(vec![0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0], &[4, 2]);
    for seed in 0..1000 {
        let model = Linear::<Real>::new(2, 1, 3.0, &mut generator(seed));
        let bias = Linear::<Real>::new(1, 1, 3.0, &mut generator(seed + 1000)).weight;
        model.bias.as_ref().unwrap().set(bias.value().reshape(&[1]));
        let z = model.forward(&corners, &mut Context::evaluation()).to_vec();
        assert!((z[0] + z[3] - z[1] - z[2]).abs() < 1e-12, "{z:?}");
        assert!(!(z[0] < 0.0 && z[3] < 0.0 && z[1] > 0.0 && z[2] > 0.0));
    }
}

fn sawtooth(depth: usize) -> Mlp<Real> {
    let mut layers = vec![layer(&[1.0, 1.0], &[0.0, -0.5])];
    layers.extend((1..depth).map(|_| layer(&[2.0, -4.0, 2.0, -4.0], &[0.0, -0.5])));
    layers.push(layer(&[2.0, -4.0], &[0.0]));
    Mlp { layers, activation: Activation::Relu }
}

#[test]
fn the_triangle_applied_k_times_has_two_to_the_k_pieces() {
    let quarters = TensorOf::new(vec![0.0, 0.25, 0.5, 0.75, 1.0], &[5, 1]);
    let y =
        |depth| sawtooth(depth).forward(&quarters, &mut Context::evaluation()).to_vec();
    assert_eq!(y(1), [0.0, 0.5, 1.0, 0.5, 0.0]);
    assert_eq!(y(2), [0.0, 1.0, 0.0, 1.0, 0.0]);
    for depth in 1..=10 {
        // At the multiples of 2⁻ᵈ it is 0 and 1 by turns: 2ᵈ pieces, up and down.
        let places = (1 << depth) + 1;
        let x = Array::from_fn(&[places, 1], |i| i as f64 / (places - 1) as f64);
        let y = sawtooth(depth).forward(&x.into(), &mut Context::evaluation()).to_vec();
        assert!(y.iter().enumerate().all(|(i, y)| *y == (i % 2) as f64), "{depth}");
        let (hidden, _) = parameter_count(&sawtooth(depth));
        assert_eq!(hidden, 4 + 6 * (depth - 1) + 3);
    }
}

#[test]
fn one_hidden_layer_bends_at_most_once_for_each_neuron() {
    let model = Mlp::<Real>::new(&[1, 12, 1], Activation::Relu, &mut generator(3));
    let (weight, bias) = (model.layers[0].weight.value().to_vec(), 0.3);
    let biases = model.layers[0].bias.as_ref().unwrap();
    biases.update(|b| b.iter_mut().enumerate().for_each(|(i, b)| *b = bias * i as f64));
    let n = 4000;
    let place = |i: usize| 40.0 * (i as f64 / n as f64 - 0.5);
    let x = Array::from_fn(&[n, 1], place);
    let y = model.forward(&x.into(), &mut Context::evaluation()).to_vec();
    let bent = |i: usize| (y[i + 1] - 2.0 * y[i] + y[i - 1]).abs() > 1e-9;
    for i in (1..n - 1).filter(|i| bent(*i)) {
        // Only where a neuron's own sum changes its sign.
        let near = |k: usize| (place(i) + bias * k as f64 / weight[k]).abs() < 0.011;
        assert!((0..12).any(near), "bends at {}", place(i));
    }
    assert!((1..n - 1).any(bent));
}
