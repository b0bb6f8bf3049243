//! Forgets that the ReLU takes half of the signal.
//!
//! rejected by: mean and standard deviation
//! says: the half that the ReLU sets to 0

use gradus::random::{Generator, normal};
use gradus::tensor::Array;

pub fn init_scale(fan_in: usize, fan_out: usize, random: &mut Generator) -> Array<f64> {
    let deviation = (1.0 / fan_in as f64).sqrt();
    Array::from_fn(&[fan_out, fan_in], |_| deviation * normal(random))
}
