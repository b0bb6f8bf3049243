//! Multiplies with the weight as it is kept.
//!
//! rejected by: two rows, two inputs, two neurons
//! says: it must be transposed

use gradus::autograd::TensorOf;

type Tensor = TensorOf<f64>;

pub fn linear_layer(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Tensor {
    x.matmul(weight).add(bias)
}
