//! A few numbers that stand for many.

/// The arithmetic mean, and the standard deviation with divisor n − 1 (0 for a single
/// sample).
///
/// # Panics
/// When there are no samples.
#[track_caller]
pub fn mean_and_spread(samples: &[f64]) -> (f64, f64) {
    assert!(!samples.is_empty(), "mean_and_spread: there are no samples");
    let n = samples.len() as f64;
    let mean = samples.iter().sum::<f64>() / n;
    let squares: f64 = samples.iter().map(|x| (x - mean).powi(2)).sum();
    (mean, if samples.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 })
}

/// The middle one of the sorted samples, or the mean of the middle two.
///
/// # Panics
/// When there are no samples.
#[track_caller]
pub fn median(samples: &[f64]) -> f64 {
    assert!(!samples.is_empty(), "median: there are no samples");
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    (sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) / 2.0
}

/// The slope of the straight line through points that has the least squared error:
/// Σ (x − x̄)(y − ȳ) / Σ (x − x̄)².
///
/// # Panics
/// When there are fewer than two points.
#[track_caller]
pub fn slope(points: &[(f64, f64)]) -> f64 {
    assert!(points.len() > 1, "slope: a line needs two points, not {}", points.len());
    let n = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let products: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    products / points.iter().map(|p| (p.0 - x).powi(2)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_by_hand() {
        assert_eq!(mean_and_spread(&[1.0, 2.0, 6.0]), (3.0, 7f64.sqrt()));
        assert_eq!(mean_and_spread(&[5.0]), (5.0, 0.0));
        assert_eq!(median(&[9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 9.0, 2.0]), 3.0);
        // x̄ = 1, ȳ = 2: (1 · 1 + 1 · 3 − 0) / (1 + 1).
        assert_eq!(slope(&[(0.0, 1.0), (1.0, 0.0), (2.0, 5.0)]), 2.0);
    }
}
