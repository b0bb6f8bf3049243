//! What the tests of this chapter share: random problems, and finite differences.

use gradus::random::{generator, normal};

/// Random rows, targets and weights of the given sizes.
pub fn problem(n: usize, d: usize, seed: u64) -> (Vec<Vec<f64>>, Vec<f64>, Vec<f64>) {
    let mut random = generator(seed);
    let mut row =
        |length: usize| (0..length).map(|_| normal(&mut random)).collect::<Vec<f64>>();
    let inputs = (0..n).map(|_| row(d)).collect();
    (inputs, row(n), row(d))
}

pub fn labels(targets: &[f64]) -> Vec<f64> {
    targets.iter().map(|y| f64::from(*y > 0.0)).collect()
}

#[track_caller]
pub fn assert_close(got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len());
    for (j, (got, expected)) in got.iter().zip(expected).enumerate() {
        let bound = tolerance * expected.abs().max(1.0);
        assert!(
            (got - expected).abs() <= bound,
            "number {j}: got {got}, expected {expected}"
        );
    }
}

// ANCHOR: finite_differences
/// The gradient of `loss` at `weights`, by central differences.
pub fn finite_differences(loss: impl Fn(&[f64]) -> f64, weights: &[f64]) -> Vec<f64> {
    let h = 1e-5;
    let derivative = |j: usize| {
        let at = |w_j: f64| {
            let mut weights = weights.to_vec();
            weights[j] = w_j;
            loss(&weights)
        };
        (at(weights[j] + h) - at(weights[j] - h)) / (2.0 * h)
    };
    (0..weights.len()).map(derivative).collect()
}
// ANCHOR_END: finite_differences
