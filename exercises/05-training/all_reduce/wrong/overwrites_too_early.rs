//! Writes each device's result before the next has read it.
//!
//! rejected by: two equal shards
//! says: read all, then write all

pub fn all_reduce(devices: &mut [Vec<f64>], counts: &[usize]) {
    let all = counts.iter().sum::<usize>().max(1) as f64;
    for k in 0..devices.len() {
        let mut mean = vec![0.0; devices[k].len()];
        for (device, count) in devices.iter().zip(counts).filter(|(_, c)| **c > 0) {
            mean.iter_mut().zip(device).for_each(|(sum, g)| *sum += *count as f64 * g);
        }
        devices[k] = mean.iter().map(|g| g / all).collect();
    }
}
