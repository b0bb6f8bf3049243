//! Takes the slope of 1/b for −1/b.
//!
//! rejected by: a quotient
//! says: one division by b is missing

pub fn product(a: f64, b: f64) -> [f64; 2] {
    [b, a]
}

pub fn quotient(a: f64, b: f64) -> [f64; 2] {
    [1.0 / b, -a / b]
}

pub fn tanh(y: f64) -> f64 {
    1.0 - y * y
}
