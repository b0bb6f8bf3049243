//! Asks whether all numbers are finite, and not whether their norm is.
//!
//! rejected by: squares that are too large
//! says: spoils every other number

pub fn clip_by_global_norm(gradients: &mut [Vec<f64>], limit: f64) -> f64 {
    let norm = gradients.iter().flatten().map(|g| g * g).sum::<f64>().sqrt();
    let finite = gradients.iter().flatten().all(|g| g.is_finite());
    if finite && norm > limit {
        gradients.iter_mut().flatten().for_each(|g| *g *= limit / norm);
    }
    norm
}
