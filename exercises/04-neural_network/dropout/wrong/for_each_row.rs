//! Draws once for each row.
//!
//! rejected by: each by a draw of its own
//! says: whole rows fall together

use gradus::random::{Generator, uniform};

pub fn dropout(
    x: &[Vec<f64>],
    p: f64,
    training: bool,
    random: &mut Generator,
) -> Vec<Vec<f64>> {
    let mut y = x.to_vec();
    if training {
        for row in &mut y {
            let dropped = uniform(random) < p;
            for value in row {
                *value = if dropped { 0.0 } else { *value / (1.0 - p) };
            }
        }
    }
    y
}
