//! The solution of `clip_by_global_norm`.

/// Scales all gradients together so that their global norm is at most `limit`. Returns the
/// norm from before.
pub fn clip_by_global_norm(gradients: &mut [Vec<f64>], limit: f64) -> f64 {
    // gradus: solution
    let norm = gradients.iter().flatten().map(|g| g * g).sum::<f64>().sqrt();
    if norm.is_finite() && norm > limit {
        for g in gradients.iter_mut().flatten() {
            *g *= limit / norm;
        }
    }
    norm
    // gradus: skeleton
    // todo!("one norm over everything, one factor for everything")
    // gradus: end
}
