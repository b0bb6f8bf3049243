//! Writes tanh as a quotient of exponentials, which overflow.
//!
//! rejected by: tanh
//! says: `f64::tanh` is right everywhere

pub fn product(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0, a.1 * b.0 + a.0 * b.1)
}

pub fn tanh(a: (f64, f64)) -> (f64, f64) {
    let e = (2.0 * a.0).exp();
    let y = (e - 1.0) / (e + 1.0);
    (y, (1.0 - y * y) * a.1)
}

pub fn gradient(f: fn(&[(f64, f64)]) -> (f64, f64), at: &[f64]) -> Vec<f64> {
    let derivative = |i: usize| {
        let pair = |j: usize| (at[j], if j == i { 1.0 } else { 0.0 });
        f(&(0..at.len()).map(pair).collect::<Vec<_>>()).1
    };
    (0..at.len()).map(derivative).collect()
}
