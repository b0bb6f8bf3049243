//! The solution of `local_derivatives`.

/// The slopes of a · b in a and in b.
pub fn product(a: f64, b: f64) -> [f64; 2] {
    // gradus: solution
    [b, a]
    // gradus: skeleton
    // todo!("how does a · b change with a? and with b?")
    // gradus: end
}

/// The slopes of a / b in a and in b.
pub fn quotient(a: f64, b: f64) -> [f64; 2] {
    // gradus: solution
    [1.0 / b, -(a / b) / b]
    // gradus: skeleton
    // todo!("how does a / b change with a? and with b?")
    // gradus: end
}

/// The slope of tanh where its value is y.
pub fn tanh(y: f64) -> f64 {
    // gradus: solution
    1.0 - y * y
    // gradus: skeleton
    // todo!("the slope, from y alone")
    // gradus: end
}
