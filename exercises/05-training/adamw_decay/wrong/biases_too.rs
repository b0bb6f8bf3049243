//! Lets everything decay.
//!
//! rejected by: the example of the statement
//! says: does not decay

pub fn adamw_decay(
    weights: &mut [f64],
    axes: usize,
    gradient: &[f64],
    adam: &mut dyn FnMut(&[f64]) -> Vec<f64>,
    learning_rate: f64,
    decay: f64,
) {
    let _ = axes;
    for (w, direction) in weights.iter_mut().zip(adam(gradient)) {
        *w -= learning_rate * (decay * *w + direction);
    }
}
