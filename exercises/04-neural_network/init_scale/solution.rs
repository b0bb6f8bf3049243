//! The solution of `init_scale`.

use gradus::random::{Generator, normal};
use gradus::tensor::Array;

/// Weights `[fan_out, fan_in]` from the normal distribution with mean 0 and variance
/// 2/fan_in. `normal(random)` draws a number with variance 1.
pub fn init_scale(fan_in: usize, fan_out: usize, random: &mut Generator) -> Array<f64> {
    // gradus: solution
    let deviation = (2.0 / fan_in as f64).sqrt();
    Array::from_fn(&[fan_out, fan_in], |_| deviation * normal(random))
    // gradus: skeleton
    // todo!("{fan_out} rows of {fan_in} numbers like {}", normal(random))
    // gradus: end
}
