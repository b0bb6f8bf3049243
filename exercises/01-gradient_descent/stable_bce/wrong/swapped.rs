//! Takes the two labels for each other.
//!
//! rejected by: moderate logits
//! says: are y and 1 − y swapped

pub fn stable_bce(z: f64, y: f64) -> f64 {
    z.max(0.0) - z * (1.0 - y) + (-z.abs()).exp().ln_1p()
}
