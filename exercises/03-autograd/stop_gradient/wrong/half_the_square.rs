//! Detaches one of the two factors of the square.
//!
//! rejected by: the gradient of the prediction
//! says: half the expected value

use gradus::autograd::TensorOf;

pub fn stop_gradient(
    prediction: &TensorOf<f64>,
    target: &TensorOf<f64>,
) -> TensorOf<f64> {
    let error = prediction.sub(&target.detach());
    error.mul(&error.detach()).sum_all().scale(1.0 / error.size() as f64)
}
