//! Adds the bias to the inputs.
//!
//! rejected by: two rows, two inputs, two neurons
//! says: it comes after the product

use gradus::autograd::TensorOf;

type Tensor = TensorOf<f64>;

pub fn linear_layer(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Tensor {
    x.add(bias).matmul(&weight.transpose(0, 1))
}
