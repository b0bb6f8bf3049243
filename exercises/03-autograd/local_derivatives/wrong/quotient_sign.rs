//! Forgets that a larger denominator makes less.
//!
//! rejected by: a quotient
//! says: a larger b makes a / b smaller

pub fn product(a: f64, b: f64) -> [f64; 2] {
    [b, a]
}

pub fn quotient(a: f64, b: f64) -> [f64; 2] {
    [1.0 / b, a / (b * b)]
}

pub fn tanh(y: f64) -> f64 {
    1.0 - y * y
}
