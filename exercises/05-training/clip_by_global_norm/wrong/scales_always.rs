//! Gives every gradient the length of the limit, short ones too.
//!
//! rejected by: a gradient that is short enough
//! says: is not made longer

pub fn clip_by_global_norm(gradients: &mut [Vec<f64>], limit: f64) -> f64 {
    let norm = gradients.iter().flatten().map(|g| g * g).sum::<f64>().sqrt();
    if norm.is_finite() && norm > 0.0 {
        gradients.iter_mut().flatten().for_each(|g| *g *= limit / norm);
    }
    norm
}
