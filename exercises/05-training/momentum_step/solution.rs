//! The solution of `momentum_step`.

/// One step with momentum `mu`: the velocity first, then the weights.
pub fn momentum_step(
    weights: &mut [f64],
    velocity: &mut [f64],
    gradient: &[f64],
    learning_rate: f64,
    mu: f64,
) {
    // gradus: solution
    for ((w, v), g) in weights.iter_mut().zip(velocity).zip(gradient) {
        *v = mu * *v + g;
        *w -= learning_rate * *v;
    }
    // gradus: skeleton
    // todo!("change the velocity by the gradient, and the weights by the velocity")
    // gradus: end
}
