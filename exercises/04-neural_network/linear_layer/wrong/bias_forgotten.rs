//! Forgets the bias.
//!
//! rejected by: two rows, two inputs, two neurons
//! says: the bias is not added

use gradus::autograd::TensorOf;

type Tensor = TensorOf<f64>;

pub fn linear_layer(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Tensor {
    assert_eq!(bias.rank(), 1);
    x.matmul(&weight.transpose(0, 1))
}
