//! Takes p for the probability to be kept.
//!
//! rejected by: what is kept is scaled
//! says: divided by p

use gradus::random::{Generator, uniform};

pub fn dropout(
    x: &[Vec<f64>],
    p: f64,
    training: bool,
    random: &mut Generator,
) -> Vec<Vec<f64>> {
    let mut y = x.to_vec();
    if training {
        for value in y.iter_mut().flatten() {
            *value = if uniform(random) < p { *value / p } else { 0.0 };
        }
    }
    y
}
