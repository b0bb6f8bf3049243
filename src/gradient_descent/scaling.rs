//! Features on one scale, so that one learning rate suits them all.

// ANCHOR: standardiser
/// x ↦ (x − μ)/s for each feature, with the mean μ and the standard deviation s of the
/// rows it was fitted to.
#[derive(Debug, Clone, PartialEq)]
pub struct Standardiser {
    /// μ, one for each feature.
    pub mean: Vec<f64>,
    /// s, one for each feature; 1 where all rows have the same value.
    pub deviation: Vec<f64>,
}
// ANCHOR_END: standardiser

impl Standardiser {
    /// Mean and standard deviation (divisor n) of every feature of the *training* rows.
    ///
    /// # Panics
    /// When there are no rows, or they differ in length.
    #[track_caller]
    pub fn fit(rows: &[Vec<f64>]) -> Standardiser {
        assert!(!rows.is_empty(), "Standardiser::fit: there are no rows");
        let (n, d) = (rows.len() as f64, rows[0].len());
        assert!(
            rows.iter().all(|row| row.len() == d),
            "Standardiser::fit: the rows differ in length"
        );
        let column_mean = |value: &dyn Fn(&[f64]) -> f64| {
            rows.iter().map(|row| value(row)).sum::<f64>() / n
        };
        // Counted from the first row: the mean of equal values is then that very value,
        // where the mean of 0.1, 0.1 and 0.1 would round to 0.10000000000000002.
        let mean: Vec<f64> = (0..d)
            .map(|j| rows[0][j] + column_mean(&|row| row[j] - rows[0][j]))
            .collect();
        let deviation =
            (0..d).map(|j| column_mean(&|row| (row[j] - mean[j]).powi(2)).sqrt());
        let deviation = deviation.map(|s| if s > 0.0 { s } else { 1.0 }).collect();
        Standardiser { mean, deviation }
    }

    // ANCHOR: scale
    /// Scales any rows, training or test, with the statistics that were fitted.
    ///
    /// # Panics
    /// When a row has another number of features than the rows that were fitted.
    #[track_caller]
    pub fn apply(&self, rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let d = self.mean.len();
        assert!(
            rows.iter().all(|row| row.len() == d),
            "Standardiser::apply: fitted to {d} features, applied to others"
        );
        let scale = |row: &Vec<f64>| {
            (0..d).map(|j| (row[j] - self.mean[j]) / self.deviation[j]).collect()
        };
        rows.iter().map(scale).collect()
    }
    // ANCHOR_END: scale
}

// ANCHOR: with_bias
/// Appends a feature that is always 1: its weight is the bias.
pub fn with_bias(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    rows.iter().map(|row| row.iter().copied().chain([1.0]).collect()).collect()
}
// ANCHOR_END: with_bias
