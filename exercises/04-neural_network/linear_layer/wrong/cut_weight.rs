//! Takes the weight without its history.
//!
//! rejected by: gradients reach all three
//! says: was its history cut off

use gradus::autograd::TensorOf;

type Tensor = TensorOf<f64>;

pub fn linear_layer(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Tensor {
    x.matmul(&weight.detach().transpose(0, 1)).add(bias)
}
