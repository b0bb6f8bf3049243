//! Clips every array by its own norm.
//!
//! rejected by: the example of the statement
//! says: was clipped by itself

pub fn clip_by_global_norm(gradients: &mut [Vec<f64>], limit: f64) -> f64 {
    let norm = gradients.iter().flatten().map(|g| g * g).sum::<f64>().sqrt();
    for gradient in gradients {
        let own = gradient.iter().map(|g| g * g).sum::<f64>().sqrt();
        if own.is_finite() && own > limit {
            gradient.iter_mut().for_each(|g| *g *= limit / own);
        }
    }
    norm
}
