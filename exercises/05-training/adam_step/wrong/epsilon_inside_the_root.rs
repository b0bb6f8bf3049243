//! Adds ε under the root.
//!
//! rejected by: the example of the statement
//! says: outside the root

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
        let m_hat = *m / (1.0 - beta1.powi(t));
        let v_hat = *v / (1.0 - beta2.powi(t));
        *w -= learning_rate * m_hat / (v_hat + epsilon).sqrt();
    }
}
