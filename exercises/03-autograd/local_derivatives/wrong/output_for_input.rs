//! Takes the output for the input.
//!
//! rejected by: tanh, from its output
//! says: what is given is y, not x

pub fn product(a: f64, b: f64) -> [f64; 2] {
    [b, a]
}

pub fn quotient(a: f64, b: f64) -> [f64; 2] {
    [1.0 / b, -(a / b) / b]
}

pub fn tanh(y: f64) -> f64 {
    1.0 - y.tanh().powi(2)
}
