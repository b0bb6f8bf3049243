//! Computes with the numbers of the tensors.
//!
//! rejected by: gradients reach all three
//! says: it has no history

use gradus::autograd::TensorOf;

type Tensor = TensorOf<f64>;

pub fn linear_layer(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Tensor {
    let y = x.value().matmul(&weight.value().transpose(0, 1));
    y.zip(bias.value(), "linear", |y, b| y + b).into()
}
