//! Stops as soon as a step is worse than the one before.
//!
//! rejected by: noise is not a plateau
//! says: the newest loss is worse than the one before, but

use gradus::gradient_descent::{Rule, Stop};

pub fn should_stop(losses: &[f64], gradient_norm: f64, rule: &Rule) -> Option<Stop> {
    if !losses[losses.len() - 1].is_finite() || !gradient_norm.is_finite() {
        return Some(Stop::Diverged);
    }
    if gradient_norm <= rule.gradient_norm {
        return Some(Stop::Gradient);
    }
    if rule.patience > 0
        && losses.len() > 1
        && losses[losses.len() - 1] >= losses[losses.len() - 2]
    {
        return Some(Stop::Plateau);
    }
    (losses.len() > rule.budget).then_some(Stop::Budget)
}
