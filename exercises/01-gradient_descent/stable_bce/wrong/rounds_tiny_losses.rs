//! Adds 1 before it takes the logarithm.
//!
//! rejected by: tiny losses keep their digits
//! says: `ln_1p` keeps the digits

pub fn stable_bce(z: f64, y: f64) -> f64 {
    z.max(0.0) - z * y + (1.0 + (-z.abs()).exp()).ln()
}
