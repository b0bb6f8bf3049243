//! Draws from [0, 1) and scales.
//!
//! rejected by: mean and standard deviation
//! says: not centred

use gradus::random::{Generator, uniform};
use gradus::tensor::Array;

pub fn init_scale(fan_in: usize, fan_out: usize, random: &mut Generator) -> Array<f64> {
    // The uniform distribution on [0, 1) has the variance 1/12.
    let scale = (24.0 / fan_in as f64).sqrt();
    Array::from_fn(&[fan_out, fan_in], |_| scale * uniform(random))
}
