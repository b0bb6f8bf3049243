//! Computes the new velocity and does not keep it.
//!
//! rejected by: from rest
//! says: must hold the new value

pub fn momentum_step(
    weights: &mut [f64],
    velocity: &mut [f64],
    gradient: &[f64],
    learning_rate: f64,
    mu: f64,
) {
    for ((w, v), g) in weights.iter_mut().zip(velocity).zip(gradient) {
        let new = mu * *v + g;
        *w -= learning_rate * new;
    }
}
