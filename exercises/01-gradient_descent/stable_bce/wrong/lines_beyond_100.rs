//! Beyond 100 the loss is a straight line, or 0: so it looks on paper.
//!
//! rejected by: every size between
//! says: is a small loss set to 0

pub fn stable_bce(z: f64, y: f64) -> f64 {
    if z.abs() > 100.0 {
        return z.max(0.0) - z * y;
    }
    z.max(0.0) - z * y + (-z.abs()).exp().ln_1p()
}
