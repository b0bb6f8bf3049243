//! Leaves the result on the first device.
//!
//! rejected by: two equal shards
//! says: only the first device

pub fn all_reduce(devices: &mut [Vec<f64>], counts: &[usize]) {
    let Some(first) = devices.first() else { return };
    let mut mean = vec![0.0; first.len()];
    for (device, count) in devices.iter().zip(counts).filter(|(_, count)| **count > 0) {
        mean.iter_mut().zip(device).for_each(|(sum, g)| *sum += *count as f64 * g);
    }
    let all = counts.iter().sum::<usize>().max(1) as f64;
    mean.iter_mut().for_each(|g| *g /= all);
    devices[0] = mean;
}
