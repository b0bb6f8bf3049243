//! Moves one number after the other and puts none of them back.
//!
//! rejected by: only one number is moved
//! says: every move starts from the point itself

pub fn gradient_check(loss: fn(&[f64]) -> f64, at: &[f64], gradient: &[f64]) -> f64 {
    let h = 1e-5;
    let mut point = at.to_vec();
    let mut slopes = Vec::new();
    for i in 0..at.len() {
        point[i] += h;
        let above = loss(&point);
        point[i] -= 2.0 * h;
        slopes.push((above - loss(&point)) / (2.0 * h));
    }
    let scale = slopes.iter().fold(1.0, |most: f64, n| most.max(n.abs()));
    let wrong = |(g, n): (&f64, &f64)| (g - n).abs() / scale;
    let worse = |most: f64, x: f64| if x.is_nan() { f64::INFINITY } else { most.max(x) };
    gradient.iter().zip(&slopes).map(wrong).fold(0.0, worse)
}
