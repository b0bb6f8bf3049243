//! Checks each reason to stop alone, then their order, then the start.

use crate::Check;
use gradus::gradient_descent::{Rule, Stop};

/// What the reader writes.
pub struct Answer {
    /// Whether the descent ends here, and why.
    pub should_stop: fn(losses: &[f64], gradient_norm: f64, rule: &Rule) -> Option<Stop>,
}

/// Losses, gradient norm, rule, the right decision, and what a wrong one suggests.
type Try<'a> = (&'a [f64], f64, Rule, Option<Stop>, &'a str);

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    const INFINITY: f64 = f64::INFINITY;
    const NAN: f64 = f64::NAN;
    const DIVERGED: Option<Stop> = Some(Stop::Diverged);
    const GRADIENT: Option<Stop> = Some(Stop::Gradient);
    const PLATEAU: Option<Stop> = Some(Stop::Plateau);
    const BUDGET: Option<Stop> = Some(Stop::Budget);

    // Where equality counts, every number is a sum of a few powers of 2: nothing rounds.
    let rule = Rule { gradient_norm: 0.125, patience: 3, improvement: 0.25, budget: 100 };
    let mut case = |name: &str, tries: &[Try]| {
        check.case(name, |case| {
            for (losses, norm, rule, expected, otherwise) in tries {
                case.given(format!("losses {losses:?}, gradient norm {norm}, {rule:?}"));
                let got = (answer.should_stop)(losses, *norm, rule);
                case.equal("the decision", got, *expected, otherwise);
            }
        });
    };
    let descending = [9.0, 8.0, 7.0, 6.0, 5.0];

    case(
        "it goes on while it improves",
        &[(
            &descending,
            1.0,
            rule,
            None,
            "every loss is better by 1: nothing asks it to stop",
        )],
    );
    case(
        "noise is not a plateau",
        &[
            (
                &[9.0, 7.0, 5.0, 5.5],
                1.0,
                rule,
                None,
                "the newest loss is worse than the one before, but the last three steps \
                 together brought 9 down to 5",
            ),
            (
                &[9.0, 6.0, 8.0, 4.0, 6.5],
                1.0,
                rule,
                None,
                "compare the best with the best: 4 of the last three losses with 6 \
                 before them",
            ),
        ],
    );
    case(
        "the example of the statement",
        &[(
            &[5.0, 3.0, 3.0, 3.0],
            1.0,
            Rule { patience: 2, improvement: 0.0, ..rule },
            PLATEAU,
            "the best loss of the last two steps is 3, and the best before them is 3 too",
        )],
    );
    case(
        "a stretch without improvement is a plateau",
        &[
            (
                &[9.0, 5.0, 4.875, 4.9375, 4.875],
                1.0,
                rule,
                PLATEAU,
                "three steps brought no more than 0.125, and 0.25 is asked for",
            ),
            (
                &[9.0, 5.0, 6.0, 7.0, 8.0],
                1.0,
                rule,
                PLATEAU,
                "none of the last three losses is better than 5",
            ),
            (
                &[5.0, 9.0, 8.0, 7.0, 6.0],
                1.0,
                rule,
                PLATEAU,
                "the last three losses fall, but not below 5, the best of all losses \
                 before them",
            ),
            (
                &[1.0, 9.0, 9.0, 9.0, 9.0, 8.0, 7.0, 6.0],
                1.0,
                rule,
                PLATEAU,
                "the last three losses fall, but not below 1: *all* losses before them \
                 count",
            ),
            (
                &[5.0, 3.0, 4.0, 3.5],
                1.0,
                Rule { patience: 1, ..rule },
                PLATEAU,
                "3.5 is not below 3, the best of *all* losses before it",
            ),
        ],
    );
    case(
        "how much counts as an improvement",
        &[
            (
                &[5.0, 5.0, 4.75, 4.75, 4.75],
                1.0,
                rule,
                PLATEAU,
                "an improvement of exactly 0.25 is not enough: it must be *more*",
            ),
            (
                &[100.0, 99.0, 98.0, 97.0, 96.0],
                1.0,
                rule,
                None,
                "`improvement` is in units of the loss, not a share of it: \
                 99 − 96 is more than 0.25",
            ),
            (
                &[10.0, 9.5, 8.75, 8.75, 8.75],
                1.0,
                Rule { improvement: 1.0, ..rule },
                PLATEAU,
                "the last three steps brought 9.5 down to 8.75, which is not more than 1. \
                 A loss before them counts even if it was itself a small improvement",
            ),
            (
                &[10.0, 9.5, 9.0, 8.5],
                1.0,
                Rule { improvement: 1.0, ..rule },
                None,
                "three small steps count together: 10 down to 8.5 is more than 1",
            ),
        ],
    );
    case(
        "how many steps patience asks for",
        &[
            (
                &[5.0, 5.0, 5.0],
                1.0,
                rule,
                None,
                "only two steps were taken, and patience is three",
            ),
            (
                &[5.0, 5.0, 5.0, 5.0],
                1.0,
                rule,
                PLATEAU,
                "three steps were taken, as many as patience asks for, and none was \
                 better",
            ),
            (
                &[9.0, 8.0, 8.0],
                1.0,
                Rule { patience: 1, ..rule },
                PLATEAU,
                "with patience 1 the newest loss alone is compared with the best before \
                 it",
            ),
        ],
    );
    case(
        "a patience of 0 turns the plateau off",
        &[(
            &[5.0; 9],
            1.0,
            Rule { patience: 0, ..rule },
            None,
            "with patience 0 there is no plateau",
        )],
    );
    case(
        "the gradient is short enough",
        &[
            (&descending, 0.0625, rule, GRADIENT, "it is shorter than asked"),
            (&descending, 0.125, rule, GRADIENT, "*at most* includes equal"),
            (
                &descending,
                0.0,
                Rule { gradient_norm: 0.0, ..rule },
                GRADIENT,
                "0 is at most 0: for the gradient no number means \"off\"",
            ),
        ],
    );
    case(
        "the budget",
        &[
            (
                &descending,
                1.0,
                Rule { budget: 5, ..rule },
                None,
                "five losses are the start and *four* steps: one step is left",
            ),
            (
                &descending,
                1.0,
                Rule { budget: 4, ..rule },
                BUDGET,
                "five losses are the start and four steps: the budget is used up",
            ),
            (
                &descending,
                1.0,
                Rule { budget: 2, ..rule },
                BUDGET,
                "four steps are more than a budget of two",
            ),
        ],
    );
    case(
        "the newest loss is not finite",
        &[
            (&[9.0, INFINITY], 1.0, rule, DIVERGED, "infinity is not finite"),
            (&[9.0, -INFINITY], 1.0, rule, DIVERGED, "−∞ is not finite either"),
            (
                &[9.0, NAN],
                1.0,
                rule,
                DIVERGED,
                "comparisons with NaN are all false: ask `is_finite`",
            ),
        ],
    );
    case(
        "large numbers are finite",
        &[
            (&[1e200, 1e190], 1e100, rule, None, "the loss falls, and it is finite"),
            (
                &[1e12, 1e11, 1e10],
                1.0,
                Rule { patience: 1, ..rule },
                None,
                "the loss falls: no number is large enough to begin a search for the \
                 smallest with, but infinity",
            ),
        ],
    );
    case(
        "an older loss was not finite",
        &[
            (
                &[INFINITY, 9.0, 8.0],
                1.0,
                rule,
                None,
                "only the newest loss tells whether it diverges now",
            ),
            (
                &[9.0, NAN, 8.0, 7.0, 6.0],
                1.0,
                rule,
                None,
                "an older loss that is NaN counts as infinitely large: the best before the \
                 last three is 9",
            ),
        ],
    );
    case(
        "the gradient's norm is not finite",
        &[
            (
                &descending,
                NAN,
                rule,
                DIVERGED,
                "comparisons with NaN are all false: ask `is_finite` of the norm too",
            ),
            (&descending, INFINITY, rule, DIVERGED, "ask `is_finite` of the norm too"),
        ],
    );
    case(
        "the order",
        &[
            (
                &[9.0, NAN],
                0.0,
                rule,
                DIVERGED,
                "divergence first: a gradient of 0 means nothing where the loss is not \
                 a number",
            ),
            (&[5.0; 9], 0.0, rule, GRADIENT, "the gradient comes before the plateau"),
            (
                &[5.0; 9],
                1.0,
                Rule { budget: 8, ..rule },
                PLATEAU,
                "the plateau comes before the budget",
            ),
        ],
    );
    case(
        "the start alone",
        &[
            (&[9.0], 1.0, rule, None, "no step was taken yet"),
            (&[NAN], 1.0, rule, DIVERGED, "the start can be beyond all numbers already"),
            (&[9.0], 0.0, rule, GRADIENT, "the start can be a minimum already"),
            (
                &[9.0],
                1.0,
                Rule { budget: 0, ..rule },
                BUDGET,
                "0 steps were taken, and a budget of 0 allows no more",
            ),
        ],
    );
}
