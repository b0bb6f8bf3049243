//! Leaves the corrections out after a thousand steps.
//!
//! rejected by: a late step
//! says: corrected in every step

use gradus::training::AdamConfig;

pub fn adam_step(
    weights: &mut [f64],
    m: &mut [f64],
    v: &mut [f64],
    gradient: &[f64],
    t: i32,
    learning_rate: f64,
    config: &AdamConfig,
) {
    let AdamConfig { beta1, beta2, epsilon, .. } = *config;
    let share = |beta: f64| if t > 1000 { 1.0 } else { 1.0 - beta.powi(t) };
    for (((w, m), v), g) in weights.iter_mut().zip(m).zip(v).zip(gradient) {
        *m = beta1 * *m + (1.0 - beta1) * g;
        *v = beta2 * *v + (1.0 - beta2) * g * g;
        *w -= learning_rate * *m / share(beta1) / ((*v / share(beta2)).sqrt() + epsilon);
    }
}
