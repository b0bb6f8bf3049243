//! Adds the norms of the arrays.
//!
//! rejected by: the example of the statement
//! says: add squares

pub fn clip_by_global_norm(gradients: &mut [Vec<f64>], limit: f64) -> f64 {
    let own = |gradient: &Vec<f64>| gradient.iter().map(|g| g * g).sum::<f64>().sqrt();
    let norm: f64 = gradients.iter().map(own).sum();
    if norm.is_finite() && norm > limit {
        gradients.iter_mut().flatten().for_each(|g| *g *= limit / norm);
    }
    norm
}
