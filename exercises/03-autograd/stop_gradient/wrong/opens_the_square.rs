//! Takes p² − 2 p t + t² for (p − t)².
//!
//! rejected by: the value
//! says: first the difference, then its square

use gradus::autograd::TensorOf;

pub fn stop_gradient(
    prediction: &TensorOf<f64>,
    target: &TensorOf<f64>,
) -> TensorOf<f64> {
    let target = target.detach();
    let twice = prediction.mul(&target).scale(2.0);
    let squares = prediction.mul(prediction).sub(&twice).add(&target.mul(&target));
    squares.sum_all().scale(1.0 / prediction.size() as f64)
}
