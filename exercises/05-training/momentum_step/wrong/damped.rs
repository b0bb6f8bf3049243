//! Takes a mean of gradients for the velocity.
//!
//! rejected by: from rest
//! says: the gradient counts whole

pub fn momentum_step(
    weights: &mut [f64],
    velocity: &mut [f64],
    gradient: &[f64],
    learning_rate: f64,
    mu: f64,
) {
    for ((w, v), g) in weights.iter_mut().zip(velocity).zip(gradient) {
        *v = mu * *v + (1.0 - mu) * g;
        *w -= learning_rate * *v;
    }
}
