//! Divides by the largest slope that it has met so far.
//!
//! rejected by: a fault in any one element
//! says: the scale is the largest of all

pub fn gradient_check(loss: fn(&[f64]) -> f64, at: &[f64], gradient: &[f64]) -> f64 {
    let h = 1e-5;
    let (mut scale, mut most) = (1.0f64, 0.0f64);
    for i in 0..at.len() {
        let moved = |by: f64| {
            let mut point = at.to_vec();
            point[i] += by;
            loss(&point)
        };
        let slope = (moved(h) - moved(-h)) / (2.0 * h);
        scale = scale.max(slope.abs());
        let wrong = (gradient[i] - slope).abs() / scale;
        most = if wrong.is_nan() { f64::INFINITY } else { most.max(wrong) };
    }
    most
}
