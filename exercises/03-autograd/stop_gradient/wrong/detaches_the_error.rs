//! Detaches the difference of the two.
//!
//! rejected by: the gradient of the prediction
//! says: nor the error made of both

use gradus::autograd::TensorOf;

pub fn stop_gradient(
    prediction: &TensorOf<f64>,
    target: &TensorOf<f64>,
) -> TensorOf<f64> {
    let error = prediction.sub(target).detach();
    error.mul(&error).sum_all().scale(1.0 / error.size() as f64)
}
