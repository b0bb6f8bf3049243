//! Gives every input the slope 1 in one pass.
//!
//! rejected by: a gradient
//! says: the sum of all derivatives

pub fn product(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0, a.1 * b.0 + a.0 * b.1)
}

pub fn tanh(a: (f64, f64)) -> (f64, f64) {
    let y = a.0.tanh();
    (y, (1.0 - y * y) * a.1)
}

pub fn gradient(f: fn(&[(f64, f64)]) -> (f64, f64), at: &[f64]) -> Vec<f64> {
    let pairs: Vec<_> = at.iter().map(|x| (*x, 1.0)).collect();
    vec![f(&pairs).1; at.len()]
}
