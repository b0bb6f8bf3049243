//! Adds and does not divide.
//!
//! rejected by: two equal shards
//! says: divide by

pub fn all_reduce(devices: &mut [Vec<f64>], counts: &[usize]) {
    let Some(first) = devices.first() else { return };
    let mut sum = vec![0.0; first.len()];
    for (device, count) in devices.iter().zip(counts).filter(|(_, count)| **count > 0) {
        sum.iter_mut().zip(device).for_each(|(sum, g)| *sum += *count as f64 * g);
    }
    devices.iter_mut().for_each(|device| device.copy_from_slice(&sum));
}
