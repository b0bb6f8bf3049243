//! Compares one element and trusts the others.
//!
//! rejected by: a fault in any one element
//! says: is every element compared

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
    match (gradient.first(), slopes.first()) {
        (Some(g), Some(n)) => (g - n).abs() / scale,
        _ => 0.0,
    }
}
