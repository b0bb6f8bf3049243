//! Every operation's gradient: against finite differences, in both precisions, and the check
//! itself against gradients that are spoilt.

use gradus::gradcheck::{check, compare, gradients, precision};
use gradus::ops;
use gradus::tensor::Array;

/// Rung 1 of the ladder of truth: every element of every gradient, in f64.
#[test]
fn every_operation_agrees_with_finite_differences() {
    for case in ops::cases() {
        let report = check(&case);
        assert!(report.fault.is_none(), "{} {}: {report:?}", case.operation, case.name);
    }
}

/// Rung 2: f32 against f64, forward and backward.
#[test]
fn every_operation_in_f32_agrees_with_f64() {
    for case in ops::cases() {
        let report = precision(&case);
        assert!(report.fault.is_none(), "{} {}: {report:?}", case.operation, case.name);
    }
}

/// The check must bite: every gradient, spoilt in each of these ways, is seen to be wrong.
#[test]
fn a_spoilt_gradient_is_found_in_every_case() {
    type Spoil = (&'static str, fn(&Array<f64>) -> Array<f64>);
    let spoil: [Spoil; 4] = [
        ("sign", |g| g.map(|x| -x)),
        ("scale", |g| g.map(|x| 1.001 * x)),
        ("one element dropped", |g| {
            let values = g.to_vec();
            let largest =
                |a: &usize, b: &usize| values[*a].abs().total_cmp(&values[*b].abs());
            let largest = (0..values.len()).max_by(largest).expect("not empty");
            let kept = |i| if i == largest { 0.0 } else { values[i] };
            Array::from_fn(g.shape(), kept)
        }),
        ("elements in another order", |g| {
            let values = g.to_vec();
            Array::from_fn(g.shape(), |i| values[values.len() - 1 - i])
        }),
    ];
    let (mut spoilt, mut operations) = (0, std::collections::BTreeSet::new());
    for case in ops::cases() {
        let right = gradients(&case);
        for input in 0..right.len() {
            for (how, spoil) in spoil {
                let mut gradients = right.clone();
                gradients[input] = match right[input].size() {
                    0 => continue,
                    _ => spoil(&right[input]),
                };
                let change =
                    gradients[input].zip(&right[input], "change", |a, b| (a - b).abs());
                let change = change.to_vec().into_iter().fold(0.0, f64::max);
                if change < 1e-5 {
                    continue; // A gradient of 0, or the same backwards: nothing is spoilt.
                }
                let report = compare(&case, &gradients);
                let what =
                    format!("{} {}, input {input}: {how}", case.operation, case.name);
                let fault = report.fault.unwrap_or_else(|| panic!("{what}"));
                assert_eq!(fault.input, Some(input));
                spoilt += 1;
                operations.insert(case.operation);
            }
        }
    }
    assert!(spoilt > 500 && operations.len() > 40, "{spoilt} in {operations:?}");
}
