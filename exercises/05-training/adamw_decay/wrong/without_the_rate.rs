//! Decays by λ at every step, whatever the learning rate is.
//!
//! rejected by: a gradient of 0
//! says: no learning rate

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
        *w = *w * (1.0 - decay) - learning_rate * direction;
    }
}
