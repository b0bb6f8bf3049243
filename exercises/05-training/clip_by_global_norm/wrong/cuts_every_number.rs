//! Cuts off every number at the limit.
//!
//! rejected by: the example of the statement
//! says: every number

pub fn clip_by_global_norm(gradients: &mut [Vec<f64>], limit: f64) -> f64 {
    let norm = gradients.iter().flatten().map(|g| g * g).sum::<f64>().sqrt();
    gradients.iter_mut().flatten().for_each(|g| *g = g.clamp(-limit, limit));
    norm
}
