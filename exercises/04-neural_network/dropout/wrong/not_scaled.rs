//! Drops in training and leaves the others as they are.
//!
//! rejected by: what is kept is scaled
//! says: the mean shrinks

use gradus::random::{Generator, uniform};

pub fn dropout(
    x: &[Vec<f64>],
    p: f64,
    training: bool,
    random: &mut Generator,
) -> Vec<Vec<f64>> {
    let mut y = x.to_vec();
    if training {
        y.iter_mut()
            .flatten()
            .for_each(|y| *y *= f64::from(u8::from(uniform(random) >= p)));
    }
    y
}
