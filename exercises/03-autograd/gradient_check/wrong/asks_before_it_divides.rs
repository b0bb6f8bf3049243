//! Looks for NaN in the difference, and divides afterwards.
//!
//! rejected by: not a number
//! says: ask after the division

pub fn gradient_check(loss: fn(&[f64]) -> f64, at: &[f64], gradient: &[f64]) -> f64 {
    let h = 1e-5;
    let moved = |i: usize, by: f64| {
        let mut point = at.to_vec();
        point[i] += by;
        loss(&point)
    };
    let slope = |i| (moved(i, h) - moved(i, -h)) / (2.0 * h);
    let slopes: Vec<f64> = (0..at.len()).map(slope).collect();
    let scale = slopes.iter().fold(1.0, |most: f64, n| most.max(n.abs()));
    let mut largest = 0.0f64;
    for (g, n) in gradient.iter().zip(&slopes) {
        let difference = (g - n).abs();
        if difference.is_nan() {
            return f64::INFINITY;
        }
        largest = largest.max(difference / scale);
    }
    largest
}
