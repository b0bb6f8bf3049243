//! Keeps the probability away from 0 and 1.
//!
//! rejected by: huge logits
//! says: clamping the probability

pub fn stable_bce(z: f64, y: f64) -> f64 {
    let p = (1.0 / (1.0 + (-z).exp())).clamp(1e-12, 1.0 - 1e-12);
    -y * p.ln() - (1.0 - y) * (1.0 - p).ln()
}
