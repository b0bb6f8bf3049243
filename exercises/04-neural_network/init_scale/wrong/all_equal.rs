//! Draws one number and gives it to all weights.
//!
//! rejected by: no two weights are equal
//! says: all weights are the same

use gradus::random::{Generator, normal};
use gradus::tensor::Array;

pub fn init_scale(fan_in: usize, fan_out: usize, random: &mut Generator) -> Array<f64> {
    let weight = (2.0 / fan_in as f64).sqrt() * normal(random);
    Array::full(weight, &[fan_out, fan_in])
}
