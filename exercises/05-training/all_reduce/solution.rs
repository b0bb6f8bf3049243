//! The solution of `all_reduce`.

/// Gives every device the mean over all examples.
pub fn all_reduce(devices: &mut [Vec<f64>], counts: &[usize]) {
    // gradus: solution
    let Some(first) = devices.first() else { return };
    let mut mean = vec![0.0; first.len()];
    for (device, count) in devices.iter().zip(counts).filter(|(_, count)| **count > 0) {
        mean.iter_mut().zip(device).for_each(|(sum, g)| *sum += *count as f64 * g);
    }
    let all = counts.iter().sum::<usize>() as f64;
    mean.iter_mut().for_each(|g| *g /= f64::max(all, 1.0));
    for device in devices {
        device.copy_from_slice(&mean);
    }
    // gradus: skeleton
    // todo!("add in the order of the devices, divide, and give it to everyone")
    // gradus: end
}
