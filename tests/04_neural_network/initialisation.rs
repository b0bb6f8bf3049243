//! How large weights begin, and what that does to signals.

use crate::support::*;
use gradus::neural_network::*;
use gradus::ops::CrossEntropyOptions;
use gradus::random::{Generator, generator};
use gradus::tensor::Array;

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

/// Root mean square behind each hidden layer, over the first's.
fn sizes(model: &Mlp<Real>) -> Vec<f64> {
    let mut hidden = init::normal_array(&[64, 256], 1.0, &mut generator(7)).into();
    let mut sizes = Vec::new();
    for layer in &model.layers {
        hidden = layer.forward(&hidden, &mut Context::evaluation()).relu();
        let squares = hidden.mul(&hidden).mean_all().item();
        sizes.push(squares.sqrt());
    }
    sizes.iter().map(|size| size / sizes[0]).collect()
}

fn deep(deviation: f64, random: &mut Generator) -> Mlp<Real> {
    let layers = (0..20).map(|_| Linear::new(256, 256, deviation, random)).collect();
    Mlp { layers, activation: Activation::Relu }
}

#[test]
fn he_keeps_the_variance_of_activations_behind_every_one_of_twenty_layers() {
    for seed in 0..3 {
        let sizes = sizes(&deep(init::he(256), &mut generator(seed)));
        for (layer, size) in sizes.iter().enumerate() {
            // The draws of 20 layers make it vary by a factor of about e^±0.3. With half
            // of the variance the last would be 0.0014, with twice as much 720.
            assert!((0.25..4.0).contains(size), "seed {seed}, layer {layer}: {size}");
        }
    }
}

#[test]
fn without_the_two_the_variance_halves_in_every_layer() {
    let size = |deviation: f64| sizes(&deep(deviation, &mut generator(1)))[19];
    // The same draws: only the scale differs, and layers with ReLU are homogeneous.
    let (he, half) = (size(init::he(256)), size((1.0 / 256f64).sqrt()));
    assert!((half / he / 0.5f64.powf(9.5) - 1.0).abs() < 1e-9, "{half} {he}");
}

#[test]
fn neurons_that_begin_alike_stay_alike() {
    let model = Mlp::<Real>::new(&[3, 4, 2], Activation::Tanh, &mut generator(1));
    let alike = |weight: &Parameter<Real>| {
        weight.set(Array::full(0.3, &weight.shape()));
    };
    model.layers.iter().for_each(|layer| alike(&layer.weight));
    let (x, targets) = (input(&[5, 3]), Array::new(vec![0, 1, 1, 0, 1], &[5]));
    for _ in 0..20 {
        let logits = model.forward(&x, &mut Context::evaluation());
        let loss = logits.cross_entropy(&targets, CrossEntropyOptions::default());
        let gradients = loss.backward();
        for parameter in parameters(&model) {
            let gradient = parameter.gradient(&gradients).expect("it is used").to_vec();
            parameter.update(|w| w.iter_mut().zip(&gradient).for_each(|(w, g)| *w -= g));
        }
    }
    let weight = model.layers[0].weight.value().to_vec();
    assert!(weight.iter().any(|w| (w - 0.3).abs() > 0.01), "it has learnt");
    weight.chunks(3).for_each(|neuron| assert_eq!(neuron, &weight[..3]));
}
