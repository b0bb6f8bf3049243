//! Adds the weighted gradients and does not divide.
//!
//! rejected by: equal parts
//! says: a sum and not a mean

pub fn accumulate(parts: &[(usize, Vec<f64>)]) -> Vec<f64> {
    let mut sum = vec![0.0; parts[0].1.len()];
    for (count, mean) in parts.iter().filter(|(count, _)| *count > 0) {
        sum.iter_mut().zip(mean).for_each(|(sum, g)| *sum += *count as f64 * g);
    }
    sum
}
