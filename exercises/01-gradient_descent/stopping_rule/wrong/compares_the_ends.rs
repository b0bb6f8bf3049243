//! Compares the newest loss with the one `patience` steps ago instead of best with best.
//!
//! rejected by: noise is not a plateau
//! says: compare the best with the best

use gradus::gradient_descent::{Rule, Stop};

pub fn should_stop(losses: &[f64], gradient_norm: f64, rule: &Rule) -> Option<Stop> {
    if !losses[losses.len() - 1].is_finite() || !gradient_norm.is_finite() {
        return Some(Stop::Diverged);
    }
    if gradient_norm <= rule.gradient_norm {
        return Some(Stop::Gradient);
    }
    if rule.patience > 0 && losses.len() > rule.patience {
        let (then, now) =
            (losses[losses.len() - 1 - rule.patience], losses[losses.len() - 1]);
        if then - now <= rule.improvement {
            return Some(Stop::Plateau);
        }
    }
    (losses.len() > rule.budget).then_some(Stop::Budget)
}
