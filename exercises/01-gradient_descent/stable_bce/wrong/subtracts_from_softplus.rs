//! Computes ln(1 + eᶻ) first and takes z y away from it.
//!
//! rejected by: tiny losses keep their digits
//! says: two large numbers were subtracted

pub fn stable_bce(z: f64, y: f64) -> f64 {
    let softplus = z.max(0.0) + (-z.abs()).exp().ln_1p();
    softplus - z * y
}
