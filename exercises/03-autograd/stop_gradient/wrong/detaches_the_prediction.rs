//! Detaches the prediction instead of the target.
//!
//! rejected by: the gradient of the prediction
//! says: which of the two is detached

use gradus::autograd::TensorOf;

pub fn stop_gradient(
    prediction: &TensorOf<f64>,
    target: &TensorOf<f64>,
) -> TensorOf<f64> {
    let error = prediction.detach().sub(target);
    error.mul(&error).sum_all().scale(1.0 / error.size() as f64)
}
