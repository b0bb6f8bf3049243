//! The solution of `sawtooth`.

use gradus::neural_network::{Activation, Linear, Mlp, Parameter};
use gradus::tensor::Array;

/// A linear layer of a weight, one row for each neuron, and a bias.
fn layer(rows: &[&[f64]], bias: &[f64]) -> Linear<f64> {
    let weight = Array::new(rows.concat(), &[rows.len(), rows[0].len()]);
    let bias = Array::new(bias.to_vec(), &[bias.len()]);
    let (weight, bias) = (Parameter::new(weight), Some(Parameter::new(bias)));
    Linear { weight, bias, branch: None }
}

/// A network with `depth` hidden layers of two neurons that computes the triangle applied
/// `depth` times.
pub fn sawtooth(depth: usize) -> Mlp<f64> {
    // gradus: solution
    let mut layers = vec![layer(&[&[1.0], &[1.0]], &[0.0, -0.5])];
    for _ in 1..depth {
        layers.push(layer(&[&[2.0, -4.0], &[2.0, -4.0]], &[0.0, -0.5]));
    }
    layers.push(layer(&[&[2.0, -4.0]], &[0.0]));
    // gradus: skeleton
    // let layers = (0..=depth).map(|_| layer(&[&[1.0]], &[0.0])).collect();
    // gradus: end
    Mlp { layers, activation: Activation::Relu }
}
