//! Multiplies by min(1, limit / norm): an infinite norm makes 0 and NaN of everything.
//!
//! rejected by: a norm that is not finite
//! says: spoils every other number

pub fn clip_by_global_norm(gradients: &mut [Vec<f64>], limit: f64) -> f64 {
    let norm = gradients.iter().flatten().map(|g| g * g).sum::<f64>().sqrt();
    let factor = (limit / norm).min(1.0);
    gradients.iter_mut().flatten().for_each(|g| *g *= factor);
    norm
}
