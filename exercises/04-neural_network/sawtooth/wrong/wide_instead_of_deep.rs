//! Adds more neurons to one layer.
//!
//! rejected by: twice
//! says: one for each application

use gradus::neural_network::{Activation, Linear, Mlp, Parameter};
use gradus::tensor::Array;

fn layer(rows: &[&[f64]], bias: &[f64]) -> Linear<f64> {
    let weight = Array::new(rows.concat(), &[rows.len(), rows[0].len()]);
    let bias = Array::new(bias.to_vec(), &[bias.len()]);
    let (weight, bias) = (Parameter::new(weight), Some(Parameter::new(bias)));
    Linear { weight, bias, branch: None }
}

pub fn sawtooth(depth: usize) -> Mlp<f64> {
    let neurons = 1 << depth;
    let ones = vec![&[1.0][..]; neurons];
    let bias: Vec<f64> = (0..neurons).map(|i| -(i as f64) / neurons as f64).collect();
    let slope = |i: usize| match i {
        0 => neurons as f64,
        _ if i % 2 == 1 => -2.0 * neurons as f64,
        _ => 2.0 * neurons as f64,
    };
    let slopes: Vec<f64> = (0..neurons).map(slope).collect();
    let layers = vec![layer(&ones, &bias), layer(&[&slopes], &[0.0])];
    Mlp { layers, activation: Activation::Relu }
}
