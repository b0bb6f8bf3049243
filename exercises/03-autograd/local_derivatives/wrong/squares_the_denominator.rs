//! Squares b, which is too small or too large to be squared.
//!
//! rejected by: a quotient of tiny or huge numbers
//! says: divide by b twice

pub fn product(a: f64, b: f64) -> [f64; 2] {
    [b, a]
}

pub fn quotient(a: f64, b: f64) -> [f64; 2] {
    [1.0 / b, -a / (b * b)]
}

pub fn tanh(y: f64) -> f64 {
    1.0 - y * y
}
