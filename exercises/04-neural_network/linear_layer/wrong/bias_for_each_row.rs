//! Gives every row a bias, where every neuron has one.
//!
//! rejected by: two rows, two inputs, two neurons
//! says: it belongs to the neurons

use gradus::autograd::TensorOf;

type Tensor = TensorOf<f64>;

pub fn linear_layer(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Tensor {
    x.matmul(&weight.transpose(0, 1)).add(&bias.unsqueeze(1))
}
