//! Checks a gradient that is too long, one that is not, and what must not change.

use crate::{Case, Check};

/// What the reader writes.
pub struct Answer {
    /// The norm from before.
    pub clip_by_global_norm: fn(gradients: &mut [Vec<f64>], limit: f64) -> f64,
}

const BEFORE: &str = "this is the norm afterwards: return the one from before";
const EACH: &str = "every array, or every number, was clipped by itself: the direction \
                    changes. One norm, one factor for all";

const SPOILS: &str = "scaling by such a norm spoils every other number: leave them, and let the \
                      caller decide";

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let clip = answer.clip_by_global_norm;
    check.case("the example of the statement", |case| {
        case.given("gradients [3] and [4, 12], limit 6.5");
        let mut gradients = vec![vec![3.0], vec![4.0, 12.0]];
        let (norm, second) = (clip(&mut gradients, 6.5), 160f64.sqrt());
        case.number("the norm", norm, 13.0)
            .mistake(6.5, BEFORE)
            .mistake(
                3.0 + second,
                "the norms of the arrays were added: add squares, then take the root",
            )
            .mistake(19.0, "the numbers were added: add their squares, then take the root")
            .mistake(169.0, "the root is missing")
            .mistake(12.0, "this is the largest number: a norm is the root of all squares")
            .mistake(
                second,
                "this is the largest of the norms: it is one norm over everything",
            )
            .verify();
        let times = |factor: f64| [3.0, 4.0, 12.0].map(|g| factor * g).to_vec();
        let own = 6.5 / second;
        case.numbers("the gradients", &gradients.concat(), &vec![1.5, 2.0, 6.0])
            .mistake(vec![3.0, 4.0 * own, 12.0 * own], EACH)
            .mistake(vec![3.0, 4.0, 6.5], EACH)
            .mistake(times(1.0), "they are as they were, and longer than the limit")
            .mistake(times(6.5 / (3.0 + second)), "the norms of the arrays were added")
            .mistake(vec![1.5, 4.0, 12.0], "only the first array was scaled")
            .mistake(
                times(6.5 / (13.0 + 1e-6)),
                "a small number was added to the norm: here it is the norm itself, and the \
                 result is exact",
            )
            .verify();
    });
    check.case("the direction stays", |case| {
        case.given("gradients [6, -2], [], [3], limit 3.5");
        let mut gradients = vec![vec![6.0, -2.0], vec![], vec![3.0]];
        let norm = clip(&mut gradients, 3.5);
        case.number("the norm", norm, 7.0).mistake(3.5, BEFORE).verify();
        let sizes: Vec<usize> = gradients.iter().map(Vec::len).collect();
        case.equal("the sizes of the arrays", sizes, vec![2, 0, 1], "no number may go");
        case.numbers("the gradients", &gradients.concat(), &vec![3.0, -1.0, 1.5])
            .mistake(
                vec![3.5, -2.0, 3.0],
                "every number was cut off at the limit: the \
                 direction changes",
            )
            .mistake(
                vec![6.0 / 7.0, -2.0 / 7.0, 3.0 / 7.0],
                "the norm became 1 instead of \
                 the limit: the factor is limit / norm",
            )
            .verify();
    });
    check.case("a gradient that is short enough", |case| {
        for limit in [5.0, 5.5, 1e9] {
            case.given(format!("gradients [3] and [0, 4], limit {limit}"));
            let mut gradients = vec![vec![3.0], vec![0.0, 4.0]];
            let norm = clip(&mut gradients, limit);
            case.number("the norm", norm, 5.0).mistake(limit, BEFORE).verify();
            case.equal(
                "the gradients",
                gradients,
                vec![vec![3.0], vec![0.0, 4.0]],
                "a short gradient is not made longer, nor touched",
            );
        }
    });
    check.case("a limit above 1", |case| {
        for limit in [5.0, 9.999] {
            case.given(format!("gradients [6], [8], limit {limit}"));
            let mut gradients = vec![vec![6.0], vec![8.0]];
            case.number("the norm", clip(&mut gradients, limit), 10.0).verify();
            let expected = vec![0.6 * limit, 0.8 * limit];
            case.numbers("the gradients", &gradients.concat(), &expected)
                .mistake(vec![0.6, 0.8], "the norm became 1 instead of the limit")
                .mistake(
                    vec![6.0, 8.0],
                    "they are as they were: a norm of 10 is larger than the limit, if only \
                     by a little",
                )
                .mistake(vec![5.0, 5.0], EACH)
                .verify();
        }
    });
    check.case("many arrays that are each short enough", |case| {
        case.given("100 gradients [1, -1], limit 2");
        let mut gradients = vec![vec![1.0, -1.0]; 100];
        let norm = clip(&mut gradients, 2.0);
        case.number("the norm", norm, 200f64.sqrt()).verify();
        let factor = 2.0 / 200f64.sqrt();
        case.numbers("the gradients", &gradients, &vec![vec![factor, -factor]; 100])
            .mistake(vec![vec![1.0, -1.0]; 100], EACH)
            .verify();
    });
    check.case("tiny and huge", |case| {
        for (size, limit) in [(1e-130, 1e-170), (1e100, 1e99), (1e100, 1e-60)] {
            case.given(format!(
                "gradients [{:e}] and [{:e}], limit {limit:e}",
                3.0 * size,
                4.0 * size
            ));
            let mut gradients = vec![vec![3.0 * size], vec![4.0 * size]];
            let norm = clip(&mut gradients, limit);
            case.number("the norm, in units of the gradient", norm / size, 5.0).verify();
            let got: Vec<f64> = gradients.concat().iter().map(|g| g / limit).collect();
            case.numbers("the gradients, in units of the limit", &got, &vec![0.6, 0.8])
                .mistake(
                    vec![3.0 * size / limit, 4.0 * size / limit],
                    "nothing is added to \
                     the norm, and no length is too small to be clipped",
                )
                .mistake(
                    vec![0.0, 0.0],
                    "rounded to 0: the factor is limit / norm, without squares and in f64",
                )
                .verify();
        }
    });
    let untouched = |case: &mut Case, gradients: Vec<Vec<f64>>, bits: Vec<u64>| {
        let got: Vec<u64> = gradients.concat().iter().map(|g| g.to_bits()).collect();
        case.equal("the bits of the gradients", got, bits, SPOILS);
    };
    check.case("a norm that is not finite", |case| {
        for odd in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            case.given(format!("gradients [1, {odd}] and [2], limit 1"));
            let mut gradients = vec![vec![1.0, odd], vec![2.0]];
            let bits = gradients.concat().iter().map(|g| g.to_bits()).collect();
            let norm = clip(&mut gradients, 1.0);
            case.holds(
                !norm.is_finite(),
                "the norm",
                "not finite",
                norm.to_string(),
                "the caller must hear of it",
            );
            untouched(case, gradients, bits);
        }
    });
    check.case("squares that are too large", |case| {
        case.given("gradients [1e200] and [1e200], limit 1: their squares are infinite");
        let mut gradients = vec![vec![1e200], vec![1e200]];
        let norm = clip(&mut gradients, 1.0);
        // Who finds the norm without squaring so large a number may clip.
        if norm.is_finite() {
            case.number("the norm, in units of 10²⁰⁰", norm / 1e200, 2f64.sqrt())
                .verify();
            let half = vec![0.5f64.sqrt(); 2];
            case.numbers("the gradients", &gradients.concat(), &half).verify();
        } else {
            case.equal("the gradients", gradients.concat(), vec![1e200; 2], SPOILS);
        }
    });
    check.case("nothing, and zeros", |case| {
        case.given("no gradients, limit 1");
        case.number("the norm", clip(&mut [], 1.0), 0.0).verify();
        case.given("gradients [0, 0] and [], limit 1");
        let mut gradients = vec![vec![0.0, 0.0], vec![]];
        case.number("the norm", clip(&mut gradients, 1.0), 0.0).verify();
        case.numbers("the gradients", &gradients.concat(), &vec![0.0, 0.0])
            .mistake(
                vec![f64::NAN; 2],
                "0/0: nothing is divided by a norm of 0, which is \
                 below every limit",
            )
            .verify();
    });
}
