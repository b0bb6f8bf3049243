//! Returns the norm after clipping.
//!
//! rejected by: the example of the statement
//! says: return the one from before

pub fn clip_by_global_norm(gradients: &mut [Vec<f64>], limit: f64) -> f64 {
    let norm = gradients.iter().flatten().map(|g| g * g).sum::<f64>().sqrt();
    if norm.is_finite() && norm > limit {
        gradients.iter_mut().flatten().for_each(|g| *g *= limit / norm);
        return limit;
    }
    norm
}
