//! Leaves out whoever has a NaN, and not who had nothing to do.
//!
//! rejected by: a NaN that counts
//! says: belongs to an example

pub fn all_reduce(devices: &mut [Vec<f64>], counts: &[usize]) {
    let Some(first) = devices.first() else { return };
    let (mut mean, mut all) = (vec![0.0; first.len()], 0);
    for (device, count) in devices.iter().zip(counts) {
        if *count > 0 && device.iter().all(|g| g.is_finite()) {
            mean.iter_mut().zip(device).for_each(|(sum, g)| *sum += *count as f64 * g);
            all += count;
        }
    }
    mean.iter_mut().for_each(|g| *g /= all.max(1) as f64);
    devices.iter_mut().for_each(|device| device.copy_from_slice(&mean));
}
