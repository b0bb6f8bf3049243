//! Steps to the left by the size of the slope, whatever its sign.
//!
//! rejected by: the example of the statement
//! says: the step always goes left

pub fn descend(
    slope: fn(f64) -> f64,
    start: f64,
    learning_rate: f64,
    steps: usize,
) -> Vec<f64> {
    let mut path = vec![start];
    for step in 0..steps {
        path.push(path[step] - learning_rate * slope(path[step]).abs());
    }
    path
}
