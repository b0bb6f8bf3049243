//! Takes 2 off the slope at the corner, where 4 is needed.
//!
//! rejected by: the triangle itself
//! says: it stays at the top

use gradus::neural_network::{Activation, Linear, Mlp, Parameter};
use gradus::tensor::Array;

fn layer(rows: &[&[f64]], bias: &[f64]) -> Linear<f64> {
    let weight = Array::new(rows.concat(), &[rows.len(), rows[0].len()]);
    let bias = Array::new(bias.to_vec(), &[bias.len()]);
    let (weight, bias) = (Parameter::new(weight), Some(Parameter::new(bias)));
    Linear { weight, bias, branch: None }
}

pub fn sawtooth(depth: usize) -> Mlp<f64> {
    let mut layers = vec![layer(&[&[1.0], &[1.0]], &[0.0, -0.5])];
    for _ in 1..depth {
        layers.push(layer(&[&[2.0, -2.0], &[2.0, -2.0]], &[0.0, -0.5]));
    }
    layers.push(layer(&[&[2.0, -2.0]], &[0.0]));
    Mlp { layers, activation: Activation::Relu }
}
