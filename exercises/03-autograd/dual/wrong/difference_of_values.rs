//! Looks at the values on both sides instead of the slope that f returns.
//!
//! rejected by: the slope that f returns
//! says: a difference of values

pub type Pair = (f64, f64);

pub fn product(a: Pair, b: Pair) -> Pair {
    (a.0 * b.0, a.1 * b.0 + a.0 * b.1)
}

pub fn tanh(a: Pair) -> Pair {
    let y = a.0.tanh();
    (y, (1.0 - y * y) * a.1)
}

pub fn gradient(f: fn(&[Pair]) -> Pair, at: &[f64]) -> Vec<f64> {
    let value = |i: usize, by: f64| {
        let pair = |j: usize| (if j == i { at[j] + by } else { at[j] }, 0.0);
        f(&(0..at.len()).map(pair).collect::<Vec<_>>()).0
    };
    (0..at.len()).map(|i| (value(i, 1.0) - value(i, -1.0)) / 2.0).collect()
}
