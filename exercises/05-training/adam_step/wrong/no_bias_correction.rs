//! Takes the means as they are.
//!
//! rejected by: the example of the statement
//! says: not corrected

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
    for (((w, m), v), g) in weights.iter_mut().zip(m).zip(v).zip(gradient) {
        *m = beta1 * *m + (1.0 - beta1) * g;
        *v = beta2 * *v + (1.0 - beta2) * g * g;
        let _ = t;
        *w -= learning_rate * *m / (v.sqrt() + epsilon);
    }
}
