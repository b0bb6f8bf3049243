//! Multiplies by 1/b, which is infinite where a/b² still fits.
//!
//! rejected by: a quotient of tiny or huge numbers
//! says: divide a by b, and by b again

pub fn product(a: f64, b: f64) -> [f64; 2] {
    [b, a]
}

pub fn quotient(a: f64, b: f64) -> [f64; 2] {
    [1.0 / b, -(a / b) * (1.0 / b)]
}

pub fn tanh(y: f64) -> f64 {
    1.0 - y * y
}
