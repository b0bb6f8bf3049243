//! Divides by the counts even if they are all 0.
//!
//! rejected by: nothing counts at all
//! says: return zeros

pub fn accumulate(parts: &[(usize, Vec<f64>)]) -> Vec<f64> {
    let (mut sum, mut all) = (vec![0.0; parts[0].1.len()], 0.0);
    for (count, mean) in parts.iter().filter(|(count, _)| *count > 0) {
        all += *count as f64;
        sum.iter_mut().zip(mean).for_each(|(sum, g)| *sum += *count as f64 * g);
    }
    sum.iter().map(|sum| sum / all).collect()
}
