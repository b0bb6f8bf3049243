//! The solution of `stopping_rule`.

use gradus::gradient_descent::{Rule, Stop};

/// Whether a descent ends here, and why. `losses` holds the loss at the start and after
/// every step.
pub fn should_stop(losses: &[f64], gradient_norm: f64, rule: &Rule) -> Option<Stop> {
    // gradus: solution
    let (steps, newest) = (losses.len() - 1, losses[losses.len() - 1]);
    let best = |losses: &[f64]| losses.iter().copied().fold(f64::INFINITY, f64::min);
    if !newest.is_finite() || !gradient_norm.is_finite() {
        return Some(Stop::Diverged);
    }
    if gradient_norm <= rule.gradient_norm {
        return Some(Stop::Gradient);
    }
    if rule.patience > 0 && steps >= rule.patience {
        let (before, recent) = losses.split_at(losses.len() - rule.patience);
        if best(before) - best(recent) <= rule.improvement {
            return Some(Stop::Plateau);
        }
    }
    (steps >= rule.budget).then_some(Stop::Budget)
    // gradus: skeleton
    // todo!("look at divergence, gradient, plateau and budget, in this order")
    // gradus: end
}
