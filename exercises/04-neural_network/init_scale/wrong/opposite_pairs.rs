//! Draws half of the weights, and takes the others as their negatives.
//!
//! rejected by: no two weights are equal, nor opposite
//! says: Draw every weight by itself

use gradus::random::{Generator, normal};
use gradus::tensor::Array;

pub fn init_scale(fan_in: usize, fan_out: usize, random: &mut Generator) -> Array<f64> {
    let deviation = (2.0 / fan_in as f64).sqrt();
    let mut last = 0.0;
    Array::from_fn(&[fan_out, fan_in], |place| {
        last = if place % 2 == 0 { deviation * normal(random) } else { -last };
        last
    })
}
