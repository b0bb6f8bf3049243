//! Writes the definition down as it stands.
//!
//! rejected by: huge logits
//! says: σ(z) has rounded to 0 or 1

pub fn stable_bce(z: f64, y: f64) -> f64 {
    let p = 1.0 / (1.0 + (-z).exp());
    -y * p.ln() - (1.0 - y) * (1.0 - p).ln()
}
