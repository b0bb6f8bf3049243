//! Squares b, and takes care only where the square is 0 or infinite; before it is 0 it loses digits.
//!
//! rejected by: a quotient of tiny or huge numbers
//! says: so small that it has lost digits

pub fn product(a: f64, b: f64) -> [f64; 2] {
    [b, a]
}

pub fn quotient(a: f64, b: f64) -> [f64; 2] {
    let square = b * b;
    let safe = square > 0.0 && square.is_finite();
    [1.0 / b, if safe { -a / square } else { -(a / b) / b }]
}

pub fn tanh(y: f64) -> f64 {
    1.0 - y * y
}
