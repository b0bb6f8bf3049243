//! Leaves out every gradient with a NaN, and not the parts that are empty.
//!
//! rejected by: a NaN that counts
//! says: belongs to an example

pub fn accumulate(parts: &[(usize, Vec<f64>)]) -> Vec<f64> {
    let (mut sum, mut all) = (vec![0.0; parts[0].1.len()], 0);
    for (count, mean) in parts {
        if mean.iter().all(|g| g.is_finite()) {
            sum.iter_mut().zip(mean).for_each(|(sum, g)| *sum += *count as f64 * g);
            all += count;
        }
    }
    sum.iter().map(|sum| sum / all.max(1) as f64).collect()
}
