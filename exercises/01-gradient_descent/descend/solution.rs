//! The solution of `descend`.

/// The points that gradient descent visits: the start, then the point after each step.
pub fn descend(
    slope: fn(f64) -> f64,
    start: f64,
    learning_rate: f64,
    steps: usize,
) -> Vec<f64> {
    // gradus: solution
    let mut w = start;
    let mut path = vec![w];
    for _ in 0..steps {
        w -= learning_rate * slope(w);
        path.push(w);
    }
    path
    // gradus: skeleton
    // todo!("take the steps and return every point visited")
    // gradus: end
}
