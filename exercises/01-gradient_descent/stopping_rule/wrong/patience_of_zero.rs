//! Forgets that a patience of 0 turns the plateau off.
//!
//! rejected by: a patience of 0 turns the plateau off
//! says: with patience 0 there is no plateau

use gradus::gradient_descent::{Rule, Stop};

pub fn should_stop(losses: &[f64], gradient_norm: f64, rule: &Rule) -> Option<Stop> {
    if !losses[losses.len() - 1].is_finite() || !gradient_norm.is_finite() {
        return Some(Stop::Diverged);
    }
    if gradient_norm <= rule.gradient_norm {
        return Some(Stop::Gradient);
    }
    let best = |losses: &[f64]| losses.iter().copied().fold(f64::INFINITY, f64::min);
    if losses.len() > rule.patience {
        let (before, recent) = losses.split_at(losses.len() - rule.patience);
        if best(before) - best(recent) <= rule.improvement {
            return Some(Stop::Plateau);
        }
    }
    (losses.len() > rule.budget).then_some(Stop::Budget)
}
