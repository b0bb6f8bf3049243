//! Takes the number of outputs for that of the inputs.
//!
//! rejected by: mean and standard deviation
//! says: how many products a neuron adds up

use gradus::random::{Generator, normal};
use gradus::tensor::Array;

pub fn init_scale(fan_in: usize, fan_out: usize, random: &mut Generator) -> Array<f64> {
    let deviation = (2.0 / fan_out as f64).sqrt();
    Array::from_fn(&[fan_out, fan_in], |_| deviation * normal(random))
}
