//! What stands between two linear layers, drawn.

use gradus::autograd::TensorOf;
use gradus::neural_network::Activation;
use gradus::report::{Figure, Run};

pub fn draw(run: &mut Run) {
    let x: Vec<f64> = (-80..=80).map(|i| f64::from(i) / 20.0).collect();
    let tensor = TensorOf::new(x.clone(), &[x.len()]);
    let mut figure = Figure::new("Three activations").x("x").y("φ(x)");
    for (name, activation) in [
        ("ReLU", Activation::Relu),
        ("tanh", Activation::Tanh),
        ("GELU", Activation::Gelu),
    ] {
        let y = activation.apply(&tensor).to_vec();
        let points: Vec<_> = x.iter().copied().zip(y).collect();
        figure = figure.line(name, &points);
    }
    run.figure("activations", figure);
}
