//! Counts the steps since a loss was better by `improvement` than the one kept as the best:
//! several small steps that add up to more than that count as none.
//!
//! rejected by: how much counts as an improvement
//! says: A loss before them counts

use gradus::gradient_descent::{Rule, Stop};

pub fn should_stop(losses: &[f64], gradient_norm: f64, rule: &Rule) -> Option<Stop> {
    let steps = losses.len() - 1;
    if !losses[steps].is_finite() || !gradient_norm.is_finite() {
        return Some(Stop::Diverged);
    }
    if gradient_norm <= rule.gradient_norm {
        return Some(Stop::Gradient);
    }
    let (mut best, mut since) = (losses[0], 0);
    for loss in &losses[1..] {
        since += 1;
        if *loss < best - rule.improvement {
            (best, since) = (*loss, 0);
        }
    }
    if rule.patience > 0 && since >= rule.patience {
        return Some(Stop::Plateau);
    }
    (steps >= rule.budget).then_some(Stop::Budget)
}
