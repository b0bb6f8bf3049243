//! Makes up in evaluation for what training drops, as the paper does.
//!
//! rejected by: evaluation is the identity
//! says: nothing is left to do here

use gradus::random::{Generator, uniform};

pub fn dropout(
    x: &[Vec<f64>],
    p: f64,
    training: bool,
    random: &mut Generator,
) -> Vec<Vec<f64>> {
    let mut y = x.to_vec();
    for value in y.iter_mut().flatten() {
        *value *= match training {
            true if uniform(random) < p => 0.0,
            true => 1.0,
            false => 1.0 - p,
        };
    }
    y
}
