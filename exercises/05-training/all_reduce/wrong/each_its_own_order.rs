//! Lets every device start to add with its own share.
//!
//! rejected by: the same bits
//! says: an order of its own

pub fn all_reduce(devices: &mut [Vec<f64>], counts: &[usize]) {
    let (shares, n) = (devices.to_vec(), devices.len());
    let all = counts.iter().sum::<usize>().max(1) as f64;
    for (k, device) in devices.iter_mut().enumerate() {
        device.fill(0.0);
        for other in (0..n).map(|step| (k + step) % n).filter(|o| counts[*o] > 0) {
            let count = counts[other] as f64;
            device.iter_mut().zip(&shares[other]).for_each(|(sum, g)| *sum += count * g);
        }
        device.iter_mut().for_each(|g| *g /= all);
    }
}
