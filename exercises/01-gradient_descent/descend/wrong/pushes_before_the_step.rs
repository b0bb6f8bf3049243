//! Pushes the point before it takes the step.
//!
//! rejected by: one step on a parabola
//! says: step first, then push

pub fn descend(
    slope: fn(f64) -> f64,
    start: f64,
    learning_rate: f64,
    steps: usize,
) -> Vec<f64> {
    let mut w = start;
    let mut path = vec![w];
    for _ in 0..steps {
        path.push(w);
        w -= learning_rate * slope(w);
    }
    path
}
