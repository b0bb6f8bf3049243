//! Forgets the absolute value.
//!
//! rejected by: huge logits
//! says: infinite

pub fn stable_bce(z: f64, y: f64) -> f64 {
    z - z * y + (1.0 + (-z).exp()).ln()
}
