//! Draws one row and gives it to all neurons.
//!
//! rejected by: no two weights are equal
//! says: used twice

use gradus::random::{Generator, normal};
use gradus::tensor::Array;

pub fn init_scale(fan_in: usize, fan_out: usize, random: &mut Generator) -> Array<f64> {
    let deviation = (2.0 / fan_in as f64).sqrt();
    let row: Vec<f64> = (0..fan_in).map(|_| deviation * normal(random)).collect();
    Array::from_fn(&[fan_out, fan_in], |k| row[k % fan_in])
}
