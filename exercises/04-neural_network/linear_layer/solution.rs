//! The solution of `linear_layer`.

use gradus::autograd::TensorOf;

/// x Wᵀ + b: `[.., in] → [.., out]`, with a weight `[out, in]` and a bias `[out]`.
pub fn linear_layer(
    x: &TensorOf<f64>,
    weight: &TensorOf<f64>,
    bias: &TensorOf<f64>,
) -> TensorOf<f64> {
    // gradus: solution
    x.matmul(&weight.transpose(0, 1)).add(bias)
    // gradus: skeleton
    // todo!("{:?}, {:?} and {:?}", x.shape(), weight.shape(), bias.shape())
    // gradus: end
}
