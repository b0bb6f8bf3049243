//! The solution of `accumulate`.

/// The mean over all examples, from the counts and means of several parts.
pub fn accumulate(parts: &[(usize, Vec<f64>)]) -> Vec<f64> {
    // gradus: solution
    let (mut sum, mut all) = (vec![0.0; parts[0].1.len()], 0.0);
    for (count, mean) in parts.iter().filter(|(count, _)| *count > 0) {
        all += *count as f64;
        sum.iter_mut().zip(mean).for_each(|(sum, g)| *sum += *count as f64 * g);
    }
    sum.iter().map(|sum| sum / f64::max(all, 1.0)).collect()
    // gradus: skeleton
    // todo!("add what the parts were means of, and divide by all counts together")
    // gradus: end
}
