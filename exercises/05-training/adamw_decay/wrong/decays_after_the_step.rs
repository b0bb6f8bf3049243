//! Lets the weight decay that the step has already changed.
//!
//! rejected by: the example of the statement
//! says: before the step

pub fn adamw_decay(
    weights: &mut [f64],
    axes: usize,
    gradient: &[f64],
    adam: &mut dyn FnMut(&[f64]) -> Vec<f64>,
    learning_rate: f64,
    decay: f64,
) {
    let decay = if axes > 1 { decay } else { 0.0 };
    for (w, direction) in weights.iter_mut().zip(adam(gradient)) {
        *w -= learning_rate * direction;
        *w *= 1.0 - learning_rate * decay;
    }
}
