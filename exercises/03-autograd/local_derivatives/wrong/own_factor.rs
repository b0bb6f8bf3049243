//! Gives each factor its own value.
//!
//! rejected by: a product
//! says: each slope is the other's

pub fn product(a: f64, b: f64) -> [f64; 2] {
    [a, b]
}

pub fn quotient(a: f64, b: f64) -> [f64; 2] {
    [1.0 / b, -(a / b) / b]
}

pub fn tanh(y: f64) -> f64 {
    1.0 - y * y
}
