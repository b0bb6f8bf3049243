//! The solution of `dual`.

/// A value and its slope.
pub type Pair = (f64, f64);

/// The pair of a · b.
pub fn product(a: Pair, b: Pair) -> Pair {
    // gradus: solution
    (a.0 * b.0, a.1 * b.0 + a.0 * b.1)
    // gradus: skeleton
    // todo!("value and slope of the product")
    // gradus: end
}

/// The pair of tanh(a).
pub fn tanh(a: Pair) -> Pair {
    // gradus: solution
    let y = a.0.tanh();
    (y, (1.0 - y * y) * a.1)
    // gradus: skeleton
    // todo!("value and slope of tanh")
    // gradus: end
}

/// The derivatives of f, one pass for each.
pub fn gradient(f: fn(&[Pair]) -> Pair, at: &[f64]) -> Vec<f64> {
    // gradus: solution
    let derivative = |i: usize| {
        let pair = |j: usize| (at[j], if j == i { 1.0 } else { 0.0 });
        f(&(0..at.len()).map(pair).collect::<Vec<_>>()).1
    };
    (0..at.len()).map(derivative).collect()
    // gradus: skeleton
    // todo!("one pass through f for each input")
    // gradus: end
}
