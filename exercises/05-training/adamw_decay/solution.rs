//! The solution of `adamw_decay`.

/// One step of AdamW. `adam` turns a gradient into Adam's direction.
pub fn adamw_decay(
    weights: &mut [f64],
    axes: usize,
    gradient: &[f64],
    adam: &mut dyn FnMut(&[f64]) -> Vec<f64>,
    learning_rate: f64,
    decay: f64,
) {
    // gradus: solution
    let decay = if axes > 1 { decay } else { 0.0 };
    for (w, direction) in weights.iter_mut().zip(adam(gradient)) {
        *w -= learning_rate * (decay * *w + direction);
    }
    // gradus: skeleton
    // todo!("ask `adam` for the direction, and let matrices decay beside it")
    // gradus: end
}
