//! Finite differences: how far they can be trusted, and where they fail.

use crate::support::number;
use gradus::gradcheck::{BOUND, central_differences};
use gradus::tensor::Array;

/// The error of both differences of eˣ at 0.5, for a step h.
fn errors(h: f64) -> (f64, f64) {
    let (f, exact) = (f64::exp, 0.5f64.exp());
    let one_sided = (f(0.5 + h) - f(0.5)) / h;
    let central = (f(0.5 + h) - f(0.5 - h)) / (2.0 * h);
    ((one_sided / exact - 1.0).abs(), (central / exact - 1.0).abs())
}

/// Truncation: a tenth of the step leaves a tenth of the error, or a hundredth.
#[test]
fn a_smaller_step_helps_at_first_with_slopes_one_and_two() {
    let ((large, both_large), (small, both_small)) = (errors(1e-2), errors(1e-3));
    assert!((large / small - 10.0).abs() < 0.1, "{large} {small}");
    assert!((both_large / both_small - 100.0).abs() < 0.1, "{both_large} {both_small}");
    // h/2 and h²/6, since all derivatives of eˣ are eˣ.
    assert!(
        (small / 5e-4 - 1.0).abs() < 1e-3
            && (both_small / (1e-6 / 6.0) - 1.0).abs() < 1e-3
    );
}

/// Rounding: far too small a step ruins both.
#[test]
fn a_step_far_too_small_ruins_both() {
    let worst = |h: f64| {
        let near = (0..20).map(|k| errors(h * (1.0 + 0.05 * f64::from(k))));
        near.fold((0.0, 0.0), |worst: (f64, f64), e| (worst.0.max(e.0), worst.1.max(e.1)))
    };
    let (good, bad) = (worst(1e-5), worst(1e-13));
    assert!(bad.0 > 1e-5 && bad.1 > 1e-5 && good.1 < 1e-9, "{good:?} {bad:?}");
}

/// The library's step leaves an error far below its bound.
#[test]
fn the_step_of_the_library_is_far_more_exact_than_its_bound_asks() {
    let at = Array::new(vec![-1.0, 0.5, 1.5], &[3]);
    let slopes = central_differences(&at, |x| x.map(f64::exp).sum_to(&[]).item());
    for (slope, x) in slopes.to_vec().iter().zip(at.to_vec()) {
        assert!((slope - x.exp()).abs() < 1e-3 * BOUND, "{slope} at {x}");
    }
}

/// The best steps of the page: h/2 + ε/h and h²/6 + ε/h are least there.
#[test]
fn the_sum_of_both_errors_is_least_at_the_step_that_the_page_says() {
    for (epsilon, [one_sided, central]) in
        [(2f64.powi(-24), [-3.46, -2.25]), (2f64.powi(-53), [-7.83, -5.16])]
    {
        let errors: [&dyn Fn(f64) -> f64; 2] =
            [&|h| h / 2.0 + epsilon / h, &|h| h * h / 6.0 + epsilon / h];
        let steps = [(2.0 * epsilon).sqrt(), (3.0 * epsilon).cbrt()];
        for ((error, step), said) in errors.iter().zip(steps).zip([one_sided, central]) {
            assert!((step.log10() - said).abs() < 5e-3, "{}", step.log10());
            assert!(error(step) < error(0.99 * step) && error(step) < error(1.01 * step));
        }
    }
}

// ANCHOR: kink
/// Within one step of the kink of max(0, x) the difference sees both sides.
#[test]
fn a_difference_across_a_kink_is_wrong() {
    let h = 1e-5;
    let x = 0.3 * h;
    let relu = |x: f64| x.max(0.0);
    let difference = (relu(x + h) - relu(x - h)) / (2.0 * h);
    assert!((difference - 0.65).abs() < 1e-9);
    let leaf = number(x);
    assert_eq!(leaf.relu().backward().of(&leaf).unwrap().item(), 1.0);
}
// ANCHOR_END: kink
