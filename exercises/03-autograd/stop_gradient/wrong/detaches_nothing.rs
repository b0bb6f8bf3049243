//! Lets the target move too.
//!
//! rejected by: no gradient of the target
//! says: it flows into the target as well

use gradus::autograd::TensorOf;

pub fn stop_gradient(
    prediction: &TensorOf<f64>,
    target: &TensorOf<f64>,
) -> TensorOf<f64> {
    let error = prediction.sub(target);
    error.mul(&error).sum_all().scale(1.0 / error.size() as f64)
}
