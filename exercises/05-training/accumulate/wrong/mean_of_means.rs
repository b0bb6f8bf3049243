//! Averages the means, whatever their counts.
//!
//! rejected by: the example of the statement
//! says: mean of the means

pub fn accumulate(parts: &[(usize, Vec<f64>)]) -> Vec<f64> {
    let mut sum = vec![0.0; parts[0].1.len()];
    let counted: Vec<_> = parts.iter().filter(|(count, _)| *count > 0).collect();
    for (_, mean) in &counted {
        sum.iter_mut().zip(mean).for_each(|(sum, g)| *sum += g);
    }
    sum.iter().map(|sum| sum / counted.len().max(1) as f64).collect()
}
