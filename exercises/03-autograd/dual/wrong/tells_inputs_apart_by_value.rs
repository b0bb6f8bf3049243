//! Looks for the chosen input by its value.
//!
//! rejected by: a function of ten numbers
//! says: tell inputs apart by their place

pub fn product(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0, a.1 * b.0 + a.0 * b.1)
}

pub fn tanh(a: (f64, f64)) -> (f64, f64) {
    let y = a.0.tanh();
    (y, (1.0 - y * y) * a.1)
}

pub fn gradient(f: fn(&[(f64, f64)]) -> (f64, f64), at: &[f64]) -> Vec<f64> {
    let derivative = |chosen: &f64| {
        let pair = |x: &f64| (*x, if x == chosen { 1.0 } else { 0.0 });
        f(&at.iter().map(pair).collect::<Vec<_>>()).1
    };
    at.iter().map(derivative).collect()
}
