//! Makes the target count nothing.
//!
//! rejected by: the value
//! says: its *value* is cut

use gradus::autograd::TensorOf;

pub fn stop_gradient(
    prediction: &TensorOf<f64>,
    target: &TensorOf<f64>,
) -> TensorOf<f64> {
    let error = prediction.sub(&target.scale(0.0));
    error.mul(&error).sum_all().scale(1.0 / error.size() as f64)
}
