//! Makes a generator of its own in every call.
//!
//! rejected by: the next call drops others
//! says: the same numbers are dropped in every call

use gradus::random::{Generator, generator, uniform};

pub fn dropout(
    x: &[Vec<f64>],
    p: f64,
    training: bool,
    _: &mut Generator,
) -> Vec<Vec<f64>> {
    let mut y = x.to_vec();
    if training {
        let mut random = generator(42);
        for value in y.iter_mut().flatten() {
            *value = if uniform(&mut random) < p { 0.0 } else { *value / (1.0 - p) };
        }
    }
    y
}
