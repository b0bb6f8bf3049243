//! Checks each reason to stop alone, then noise, order and edges.

use crate::Check;
use gradus::gradient_descent::{Rule, Stop};

/// What the reader writes.
pub struct Answer {
    /// Whether the descent ends here, and why.
    pub should_stop: fn(losses: &[f64], gradient_norm: f64, rule: &Rule) -> Option<Stop>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let rule = Rule { gradient_norm: 0.01, patience: 3, improvement: 0.1, budget: 100 };
    let mut case = |name: &str,
                    losses: &[f64],
                    norm: f64,
                    rule: Rule,
                    expected: Option<Stop>,
                    otherwise: &str| {
        check.case(name, |case| {
            case.given(format!("losses {losses:?}, gradient norm {norm}, {rule:?}"));
            case.equal(
                "the decision",
                (answer.should_stop)(losses, norm, &rule),
                expected,
                otherwise,
            );
        });
    };
    let descending = [9.0, 8.0, 7.0, 6.0, 5.0];
    case(
        "it goes on while it improves",
        &descending,
        1.0,
        rule,
        None,
        "every loss is better by 1: nothing asks it to stop",
    );
    case(
        "one bad step is not a plateau",
        &[9.0, 7.0, 5.0, 5.5],
        1.0,
        rule,
        None,
        "the newest loss is worse than the one before, but the last three steps together brought 9 down to 5",
    );
    case(
        "a noisy descent is not a plateau",
        &[9.0, 6.0, 8.0, 5.0, 6.5],
        1.0,
        rule,
        None,
        "compare the best with the best: 5 of the last three losses with 6 before them",
    );
    case(
        "a flat stretch is a plateau",
        &[9.0, 5.0, 4.95, 4.97, 4.96],
        1.0,
        rule,
        Some(Stop::Plateau),
        "three steps brought no more than 0.05",
    );
    case(
        "a rising stretch is a plateau",
        &[9.0, 5.0, 6.0, 7.0, 8.0],
        1.0,
        rule,
        Some(Stop::Plateau),
        "none of the last three losses is better than 5",
    );
    case(
        "an improvement of exactly the threshold is not enough",
        &[5.0, 4.5, 4.5, 4.5],
        1.0,
        Rule { improvement: 0.5, ..rule },
        Some(Stop::Plateau),
        "it must improve by *more* than `improvement`",
    );
    case(
        "fewer steps than patience are no plateau",
        &[5.0, 5.0, 5.0],
        1.0,
        rule,
        None,
        "only two steps were taken, and patience is three",
    );
    case(
        "as many steps as patience can be one",
        &[5.0, 5.0, 5.0, 5.0],
        1.0,
        rule,
        Some(Stop::Plateau),
        "three steps were taken, and none was better",
    );
    let impatient = Rule { patience: 1, ..rule };
    case(
        "a patience of 1 asks every step to be better",
        &[9.0, 8.0, 8.0],
        1.0,
        impatient,
        Some(Stop::Plateau),
        "with patience 1 the newest loss alone is compared with the best before it",
    );
    case(
        "a patience of 0 turns the plateau off",
        &[5.0; 20],
        1.0,
        Rule { patience: 0, ..rule },
        None,
        "with patience 0 there is no plateau",
    );
    case(
        "the ground is flat",
        &descending,
        0.009,
        rule,
        Some(Stop::Gradient),
        "the gradient is smaller than asked",
    );
    case(
        "the ground is just flat enough",
        &descending,
        0.01,
        rule,
        Some(Stop::Gradient),
        "*at most* includes equal",
    );
    let two = Rule { budget: 4, ..rule };
    case(
        "the budget is used up",
        &descending,
        1.0,
        two,
        Some(Stop::Budget),
        "five losses: the start and four steps",
    );
    let five = Rule { budget: 5, ..rule };
    case(
        "the budget is not used up yet",
        &descending,
        1.0,
        five,
        None,
        "five losses are the start and *four* steps",
    );
    let over = Rule { budget: 2, ..rule };
    case(
        "the budget is overdrawn",
        &descending,
        1.0,
        over,
        Some(Stop::Budget),
        "four steps are more than a budget of two",
    );
    let infinite = [9.0, f64::INFINITY];
    case(
        "the loss is infinite",
        &infinite,
        1.0,
        rule,
        Some(Stop::Diverged),
        "an infinite loss never comes back",
    );
    case(
        "the loss is not a number",
        &[9.0, f64::NAN],
        1.0,
        rule,
        Some(Stop::Diverged),
        "comparisons with NaN are all false: ask `is_finite`",
    );
    case(
        "the gradient is not a number",
        &descending,
        f64::NAN,
        rule,
        Some(Stop::Diverged),
        "the next step would go nowhere: ask `is_finite`",
    );
    case(
        "divergence is told before a flat gradient",
        &[9.0, f64::NAN],
        0.0,
        rule,
        Some(Stop::Diverged),
        "a gradient of 0 means nothing where the loss is not a number",
    );
    case(
        "a flat gradient is told before a plateau",
        &[5.0; 9],
        0.0,
        rule,
        Some(Stop::Gradient),
        "look at the gradient first",
    );
    let both = Rule { budget: 8, ..rule };
    case(
        "a plateau is told before the budget",
        &[5.0; 9],
        1.0,
        both,
        Some(Stop::Plateau),
        "look at the plateau before the budget",
    );
    case("the start alone", &[9.0], 1.0, rule, None, "no step was taken yet");
}
