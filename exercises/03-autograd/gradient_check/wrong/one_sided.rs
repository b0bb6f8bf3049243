//! Looks on one side only.
//!
//! rejected by: a loss that is curved
//! says: look on both sides of the point

pub fn gradient_check(loss: fn(&[f64]) -> f64, at: &[f64], gradient: &[f64]) -> f64 {
    let h = 1e-5;
    let moved = |i: usize, by: f64| {
        let mut point = at.to_vec();
        point[i] += by;
        loss(&point)
    };
    let slope = |i| (moved(i, h) - moved(i, 0.0)) / h;
    let slopes: Vec<f64> = (0..at.len()).map(slope).collect();
    let scale = slopes.iter().fold(1.0, |most: f64, n| most.max(n.abs()));
    let wrong = |(g, n): (&f64, &f64)| (g - n).abs() / scale;
    let worse = |most: f64, x: f64| if x.is_nan() { f64::INFINITY } else { most.max(x) };
    gradient.iter().zip(&slopes).map(wrong).fold(0.0, worse)
}
