//! Takes the slope once, at the start.
//!
//! rejected by: the example of the statement
//! says: take the slope at the new point

pub fn descend(
    slope: fn(f64) -> f64,
    start: f64,
    learning_rate: f64,
    steps: usize,
) -> Vec<f64> {
    let slope = slope(start);
    (0..=steps).map(|step| start - step as f64 * learning_rate * slope).collect()
}
