//! Takes the variance for the standard deviation.
//!
//! rejected by: mean and standard deviation
//! says: the deviation is its root

use gradus::random::{Generator, normal};
use gradus::tensor::Array;

pub fn init_scale(fan_in: usize, fan_out: usize, random: &mut Generator) -> Array<f64> {
    let variance = 2.0 / fan_in as f64;
    Array::from_fn(&[fan_out, fan_in], |_| variance * normal(random))
}
