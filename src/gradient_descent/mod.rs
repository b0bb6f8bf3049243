//! Chapter 1: loss, gradient, step.
//!
//! Everything here works on plain arrays: a table of inputs is a `&[Vec<f64>]` with one
//! row of `d` features for each of `n` examples, and the weights are a `&[f64]` of length
//! `d`. There is no separate bias: [`with_bias`] appends a feature that is always 1, and
//! its weight is the bias.
//!
//! | file | idea |
//! |---|---|
//! | [`linear`] | linear regression: prediction, mean squared error, its gradient |
//! | [`logistic`] | logistic regression: cross-entropy from logits, its gradient |
//! | [`penalty`] | a price on large weights |
//! | [`descent`] | the step, the loop, and when to stop |
//! | [`curvature`] | the Hessian, its largest eigenvalue, and the learning rate that it allows |
//! | [`scaling`] | features on one scale, with the training set's statistics only |

pub mod curvature;
pub mod descent;
pub mod linear;
pub mod logistic;
pub mod penalty;
pub mod scaling;

pub use curvature::{
    critical_learning_rate, largest_eigenvalue, mean_squared_error_hessian,
};
pub use descent::{Descent, Rule, Stop, descend, norm, should_stop, step};
pub use linear::{dot, mean_squared_error, mean_squared_error_gradient};
pub use logistic::{binary_cross_entropy, logistic_gradient, logistic_loss, sigmoid};
pub use penalty::l2_penalty;
pub use scaling::{Standardiser, with_bias};

/// Panics unless `inputs` has at least one row, each as wide as `weights`, and one target
/// for each row.
#[track_caller]
fn check_shapes(operation: &str, weights: &[f64], inputs: &[Vec<f64>], targets: &[f64]) {
    assert!(
        !inputs.is_empty(),
        "{operation}: there are no examples: a mean over nothing has no value"
    );
    assert!(
        inputs.len() == targets.len(),
        "{operation}: {} rows of inputs but {} targets: there must be one target for each row",
        inputs.len(),
        targets.len()
    );
    if let Some((row, input)) =
        inputs.iter().enumerate().find(|(_, input)| input.len() != weights.len())
    {
        panic!(
            "{operation}: row {row} has {} features but there are {} weights: they must be as many \
             (did you forget `with_bias`?)",
            input.len(),
            weights.len()
        );
    }
}
