//! Moves the weights before the velocity is new.
//!
//! rejected by: from rest
//! says: take the *new* velocity

pub fn momentum_step(
    weights: &mut [f64],
    velocity: &mut [f64],
    gradient: &[f64],
    learning_rate: f64,
    mu: f64,
) {
    for ((w, v), g) in weights.iter_mut().zip(velocity).zip(gradient) {
        *w -= learning_rate * *v;
        *v = mu * *v + g;
    }
}
