//! Adds the slope instead of subtracting it.
//!
//! rejected by: one step on a parabola
//! says: the step leads uphill

pub fn descend(
    slope: fn(f64) -> f64,
    start: f64,
    learning_rate: f64,
    steps: usize,
) -> Vec<f64> {
    let mut path = vec![start];
    for step in 0..steps {
        path.push(path[step] + learning_rate * slope(path[step]));
    }
    path
}
