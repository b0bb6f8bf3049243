//! Trusts that 0 times anything is 0.
//!
//! rejected by: a part where nothing counts
//! says: leave out a part

pub fn accumulate(parts: &[(usize, Vec<f64>)]) -> Vec<f64> {
    let (mut sum, mut all) = (vec![0.0; parts[0].1.len()], 0.0);
    for (count, mean) in parts {
        all += *count as f64;
        sum.iter_mut().zip(mean).for_each(|(sum, g)| *sum += *count as f64 * g);
    }
    sum.iter().map(|sum| sum / f64::max(all, 1.0)).collect()
}
