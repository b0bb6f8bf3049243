//! Takes the plain mean over the devices.
//!
//! rejected by: three unequal shards
//! says: weigh each

pub fn all_reduce(devices: &mut [Vec<f64>], counts: &[usize]) {
    let Some(first) = devices.first() else { return };
    let mut mean = vec![0.0; first.len()];
    let busy = counts.iter().filter(|count| **count > 0).count().max(1) as f64;
    for (device, _) in devices.iter().zip(counts).filter(|(_, count)| **count > 0) {
        mean.iter_mut().zip(device).for_each(|(sum, g)| *sum += g / busy);
    }
    devices.iter_mut().for_each(|device| device.copy_from_slice(&mean));
}
