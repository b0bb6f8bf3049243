//! Divides each difference by its own slope.
//!
//! rejected by: a fault in any one element
//! says: divided by this element's own slope

pub fn gradient_check(loss: fn(&[f64]) -> f64, at: &[f64], gradient: &[f64]) -> f64 {
    let h = 1e-5;
    let moved = |i: usize, by: f64| {
        let mut point = at.to_vec();
        point[i] += by;
        loss(&point)
    };
    let slope = |i| (moved(i, h) - moved(i, -h)) / (2.0 * h);
    let slopes: Vec<f64> = (0..at.len()).map(slope).collect();
    let wrong = |(g, n): (&f64, &f64)| (g - n).abs() / n.abs();
    let worse = |most: f64, x: f64| if x.is_nan() { f64::INFINITY } else { most.max(x) };
    gradient.iter().zip(&slopes).map(wrong).fold(0.0, worse)
}
