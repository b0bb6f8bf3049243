//! Forgets that all slopes may be 0.
//!
//! rejected by: slopes of 0
//! says: the scale is at least 1

pub fn gradient_check(loss: fn(&[f64]) -> f64, at: &[f64], gradient: &[f64]) -> f64 {
    let h = 1e-5;
    let moved = |i: usize, by: f64| {
        let mut point = at.to_vec();
        point[i] += by;
        loss(&point)
    };
    let slope = |i| (moved(i, h) - moved(i, -h)) / (2.0 * h);
    let slopes: Vec<f64> = (0..at.len()).map(slope).collect();
    let scale = slopes.iter().fold(0.0, |most: f64, n| most.max(n.abs()));
    let wrong = |(g, n): (&f64, &f64)| (g - n).abs() / scale;
    gradient.iter().zip(&slopes).map(wrong).fold(0.0, |a, b| if a > b { a } else { b })
}
