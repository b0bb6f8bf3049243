//! Ends the walk as soon as the slope is 0.
//!
//! rejected by: steps of length 0 count
//! says: the list ends where the walk stands still

pub fn descend(
    slope: fn(f64) -> f64,
    start: f64,
    learning_rate: f64,
    steps: usize,
) -> Vec<f64> {
    let mut w = start;
    let mut path = vec![w];
    for _ in 0..steps {
        if slope(w) == 0.0 {
            break;
        }
        w -= learning_rate * slope(w);
        path.push(w);
    }
    path
}
