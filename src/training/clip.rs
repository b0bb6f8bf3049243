//! Gradients of a bounded length.

use crate::element::Real;
use crate::tensor::Array;
use crate::tensor::reduce::sum;

/// ‖g‖ over all gradients together, in f64.
pub fn global_norm<T: Real>(gradients: &[Option<Array<T>>]) -> f64 {
    let squares = gradients.iter().flatten().map(|gradient| {
        let gradient = gradient.contiguous();
        let values = gradient.as_slice().expect("it is contiguous");
        // Piece by piece, so that no second array is needed.
        let piece = |piece: &[T]| piece.iter().map(|g| g.f64() * g.f64()).sum();
        sum(&values.chunks(256).map(piece).collect::<Vec<f64>>())
    });
    squares.sum::<f64>().sqrt()
}

/// Scales all gradients together, so that their global norm is at most `limit`: the
/// direction stays. Returns the norm before. A norm that is not finite is returned and
/// nothing is scaled: the caller decides whether to skip the update.
///
/// # Panics
/// When the limit is not a positive number.
// ANCHOR: clip
#[track_caller]
pub fn clip_by_global_norm<T: Real>(
    gradients: &mut [Option<Array<T>>],
    limit: f64,
) -> f64 {
    assert!(limit > 0.0, "clip: the limit {limit} must be a positive number");
    let norm = global_norm(gradients);
    if norm.is_finite() && norm > limit {
        let scale = T::of(limit / norm);
        for gradient in gradients.iter_mut().flatten() {
            gradient.make_mut().iter_mut().for_each(|g| *g = *g * scale);
        }
    }
    norm
}
// ANCHOR_END: clip
