//! The solution of `dropout`.

use gradus::random::{Generator, uniform};

/// `x` with each number dropped with probability `p` in training, and as it is in
/// evaluation. `uniform(random)` draws a number in [0, 1).
pub fn dropout(
    x: &[Vec<f64>],
    p: f64,
    training: bool,
    random: &mut Generator,
) -> Vec<Vec<f64>> {
    // gradus: solution
    let mut y = x.to_vec();
    if training {
        for value in y.iter_mut().flatten() {
            *value = if uniform(random) < p { 0.0 } else { *value / (1.0 - p) };
        }
    }
    y
    // gradus: skeleton
    // todo!("{} rows, p = {p}, training: {training}, {}", x.len(), uniform(random))
    // gradus: end
}
