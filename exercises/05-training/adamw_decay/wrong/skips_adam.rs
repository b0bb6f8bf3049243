//! Does not ask Adam where the gradient is 0: its means would have to shrink.
//!
//! rejected by: a gradient of 0
//! says: once in a step

pub fn adamw_decay(
    weights: &mut [f64],
    axes: usize,
    gradient: &[f64],
    adam: &mut dyn FnMut(&[f64]) -> Vec<f64>,
    learning_rate: f64,
    decay: f64,
) {
    let decay = if axes > 1 { decay } else { 0.0 };
    let direction = if gradient.iter().any(|g| *g != 0.0) {
        adam(gradient)
    } else {
        vec![0.0; gradient.len()]
    };
    for (w, direction) in weights.iter_mut().zip(direction) {
        *w -= learning_rate * (decay * *w + direction);
    }
}
