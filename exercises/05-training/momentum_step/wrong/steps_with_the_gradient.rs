//! Keeps a velocity, and takes the step with the gradient alone.
//!
//! rejected by: the example of the statement
//! says: with the new v

pub fn momentum_step(
    weights: &mut [f64],
    velocity: &mut [f64],
    gradient: &[f64],
    learning_rate: f64,
    mu: f64,
) {
    for ((w, v), g) in weights.iter_mut().zip(velocity).zip(gradient) {
        *v = mu * *v + g;
        *w -= learning_rate * g;
    }
}
