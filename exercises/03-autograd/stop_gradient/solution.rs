//! The solution of `stop_gradient`.

use gradus::autograd::TensorOf;

/// The mean squared error, with a gradient for the prediction only.
pub fn stop_gradient(
    prediction: &TensorOf<f64>,
    target: &TensorOf<f64>,
) -> TensorOf<f64> {
    // gradus: solution
    let error = prediction.sub(&target.detach());
    error.mul(&error).sum_all().scale(1.0 / error.size() as f64)
    // gradus: skeleton
    // todo!("the mean of (prediction − target)², without a way back into the target")
    // gradus: end
}
