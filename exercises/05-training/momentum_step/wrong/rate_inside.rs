//! Puts the learning rate into the velocity.
//!
//! rejected by: from rest
//! says: belongs to the step

pub fn momentum_step(
    weights: &mut [f64],
    velocity: &mut [f64],
    gradient: &[f64],
    learning_rate: f64,
    mu: f64,
) {
    for ((w, v), g) in weights.iter_mut().zip(velocity).zip(gradient) {
        *v = mu * *v + learning_rate * g;
        *w -= *v;
    }
}
