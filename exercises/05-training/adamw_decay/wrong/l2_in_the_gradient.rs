//! Adds λ w to the gradient: L2 regularisation, which Adam rescales.
//!
//! rejected by: a gradient of 0
//! says: went into the gradient

pub fn adamw_decay(
    weights: &mut [f64],
    axes: usize,
    gradient: &[f64],
    adam: &mut dyn FnMut(&[f64]) -> Vec<f64>,
    learning_rate: f64,
    decay: f64,
) {
    let decay = if axes > 1 { decay } else { 0.0 };
    let gradient: Vec<f64> =
        gradient.iter().zip(&*weights).map(|(g, w)| g + decay * w).collect();
    for (w, direction) in weights.iter_mut().zip(adam(&gradient)) {
        *w -= learning_rate * direction;
    }
}
