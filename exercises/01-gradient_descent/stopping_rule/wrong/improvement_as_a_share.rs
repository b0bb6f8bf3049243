//! Takes `improvement` for a share of the best loss.
//!
//! rejected by: how much counts as an improvement
//! says: in units of the loss

use gradus::gradient_descent::{Rule, Stop};

pub fn should_stop(losses: &[f64], gradient_norm: f64, rule: &Rule) -> Option<Stop> {
    if !losses[losses.len() - 1].is_finite() || !gradient_norm.is_finite() {
        return Some(Stop::Diverged);
    }
    if gradient_norm <= rule.gradient_norm {
        return Some(Stop::Gradient);
    }
    let best = |losses: &[f64]| losses.iter().copied().fold(f64::INFINITY, f64::min);
    if rule.patience > 0 && losses.len() > rule.patience {
        let (before, recent) = losses.split_at(losses.len() - rule.patience);
        if best(before) - best(recent) <= rule.improvement * best(before) {
            return Some(Stop::Plateau);
        }
    }
    (losses.len() > rule.budget).then_some(Stop::Budget)
}
