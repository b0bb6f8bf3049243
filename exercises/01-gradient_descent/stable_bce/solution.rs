//! The solution of `stable_bce`.

/// −y ln σ(z) − (1 − y) ln(1 − σ(z)), for every z.
pub fn stable_bce(z: f64, y: f64) -> f64 {
    // gradus: solution
    z.max(0.0) - z * y + (-z.abs()).exp().ln_1p()
    // gradus: skeleton
    // todo!("write it without an exponential that can overflow")
    // gradus: end
}
