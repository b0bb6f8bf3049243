//! The step, the loop, and when to stop.

// ANCHOR: step
/// w ← w − η ∇L(w).
///
/// # Panics
/// When the two lengths differ.
#[track_caller]
pub fn step(weights: &mut [f64], gradient: &[f64], learning_rate: f64) {
    let (w, g) = (weights.len(), gradient.len());
    assert!(
        w == g,
        "step: {w} weights but {g} numbers in the gradient: each weight needs one"
    );
    for (w, g) in weights.iter_mut().zip(gradient) {
        *w -= learning_rate * g;
    }
}
// ANCHOR_END: step

/// ‖v‖ = √Σ vⱼ².
pub fn norm(vector: &[f64]) -> f64 {
    vector.iter().map(|x| x * x).sum::<f64>().sqrt()
}

// ANCHOR: rule
/// When a descent ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Stop when ‖∇L‖ is at most this: the ground is flat.
    pub gradient_norm: f64,
    /// Stop when the best loss of the last `patience` steps is not below the best loss
    /// before them by more than `improvement`. A `patience` of 0 turns this off.
    pub patience: usize,
    /// See `patience`; in units of the loss.
    pub improvement: f64,
    /// Stop after this many steps.
    pub budget: usize,
}

/// Why a descent ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The loss or the gradient is infinite or not a number: the steps were too long, or
    /// the data hold such a number.
    Diverged,
    /// The gradient is as small as asked.
    Gradient,
    /// The loss no longer improves.
    Plateau,
    /// The steps are used up.
    Budget,
}
// ANCHOR_END: rule

impl Rule {
    /// Exactly `budget` steps, unless the loss or the gradient is no longer finite.
    pub fn budget(budget: usize) -> Rule {
        Rule { gradient_norm: -1.0, patience: 0, improvement: 0.0, budget }
    }
}

// ANCHOR: should_stop
/// Whether a descent ends here. `losses` holds the loss at the start and after every
/// step, the newest last.
pub fn should_stop(losses: &[f64], gradient_norm: f64, rule: &Rule) -> Option<Stop> {
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
}
// ANCHOR_END: should_stop

/// A descent that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Descent {
    /// Where it ended.
    pub weights: Vec<f64>,
    /// The loss at the start and after every step.
    pub losses: Vec<f64>,
    /// Why it ended.
    pub stop: Stop,
}

impl Descent {
    /// How many steps were taken.
    pub fn steps(&self) -> usize {
        self.losses.len() - 1
    }
}

// ANCHOR: descend
/// Steps downhill from `start` until `rule` says stop. `objective` gives the loss and its
/// gradient.
///
/// # Panics
/// When the learning rate is not a positive, finite number.
///
/// ```
/// use gradus::gradient_descent::{Rule, descend};
/// let parabola = |w: &[f64]| (w[0] * w[0], vec![2.0 * w[0]]);
/// let descent = descend(vec![1.0], 0.25, &Rule::budget(3), parabola);
/// assert_eq!(descent.losses, [1.0, 0.25, 0.0625, 0.015625]);
/// ```
#[track_caller]
pub fn descend(
    start: Vec<f64>,
    learning_rate: f64,
    rule: &Rule,
    mut objective: impl FnMut(&[f64]) -> (f64, Vec<f64>),
) -> Descent {
    assert!(
        learning_rate > 0.0 && learning_rate.is_finite(),
        "descend: the learning rate {learning_rate} must be a positive, finite number"
    );
    let (mut weights, mut losses) = (start, Vec::new());
    loop {
        let (loss, gradient) = objective(&weights);
        losses.push(loss);
        if let Some(stop) = should_stop(&losses, norm(&gradient), rule) {
            return Descent { weights, losses, stop };
        }
        step(&mut weights, &gradient, learning_rate);
    }
}
// ANCHOR_END: descend
