//! Moves each factor a little, and looks at the difference.
//!
//! rejected by: a product
//! says: b and a themselves

pub fn product(a: f64, b: f64) -> [f64; 2] {
    let h = 1e-6;
    [((a + h) * b - (a - h) * b) / (2.0 * h), (a * (b + h) - a * (b - h)) / (2.0 * h)]
}

pub fn quotient(a: f64, b: f64) -> [f64; 2] {
    [1.0 / b, -(a / b) / b]
}

pub fn tanh(y: f64) -> f64 {
    1.0 - y * y
}
