//! Returns only the points after the steps.
//!
//! rejected by: one step on a parabola
//! says: the list lacks the start

pub fn descend(
    slope: fn(f64) -> f64,
    start: f64,
    learning_rate: f64,
    steps: usize,
) -> Vec<f64> {
    let mut w = start;
    let mut path = Vec::new();
    for _ in 0..steps {
        w -= learning_rate * slope(w);
        path.push(w);
    }
    path
}
