//! The solution of `gradient_check`.

/// How far `gradient` is from central differences of `loss` at this point.
pub fn gradient_check(loss: fn(&[f64]) -> f64, at: &[f64], gradient: &[f64]) -> f64 {
    // gradus: solution
    let h = 1e-5;
    let moved = |i: usize, by: f64| {
        let mut point = at.to_vec();
        point[i] += by;
        loss(&point)
    };
    let slope = |i| (moved(i, h) - moved(i, -h)) / (2.0 * h);
    let slopes: Vec<f64> = (0..at.len()).map(slope).collect();
    let scale = slopes.iter().fold(1.0, |most: f64, n| most.max(n.abs()));
    let wrong = |(g, n): (&f64, &f64)| (g - n).abs() / scale;
    let worse = |most: f64, x: f64| if x.is_nan() { f64::INFINITY } else { most.max(x) };
    gradient.iter().zip(&slopes).map(wrong).fold(0.0, worse)
    // gradus: skeleton
    // todo!("compare every element with a central difference")
    // gradus: end
}
