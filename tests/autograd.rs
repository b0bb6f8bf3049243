//! The graph: what accumulates, what is freed, what is refused; and every operation's
//! gradient.

use gradus::autograd::TensorOf;
use gradus::gradcheck::{check, compare, gradients, precision};
use gradus::ops;
use gradus::tensor::Array;

fn leaf(values: &[f64]) -> TensorOf<f64> {
    TensorOf::new(values.to_vec(), &[values.len()]).tracked()
}

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

#[test]
fn paths_that_meet_again_add_up() {
    let x = leaf(&[3.0]);
    let y = x.mul(&x).add(&x); // x² + x
    let z = y.mul(&y).sum_all(); // its slope: 2 (x² + x) (2 x + 1)
    assert_eq!(z.backward().of(&x).unwrap().to_vec(), [2.0 * 12.0 * 7.0]);
}

#[test]
fn only_what_is_tracked_gets_a_gradient() {
    let (x, frozen) = (leaf(&[2.0]), TensorOf::new(vec![5.0], &[1]));
    let y = x.mul(&frozen).add(&x.detach()).sum_all();
    let gradients = y.backward();
    assert_eq!(gradients.of(&x).unwrap().to_vec(), [5.0]);
    assert!(gradients.of(&frozen).is_none());
    assert!(!frozen.mul(&frozen).is_tracked());
}

#[test]
fn a_saved_value_keeps_what_it_was() {
    let x = leaf(&[2.0]);
    let mut value = Array::new(vec![3.0], &[1]);
    let y = x.mul(&value.clone().into());
    value.make_mut()[0] = 100.0;
    assert_eq!(y.sum_all().backward().of(&x).unwrap().to_vec(), [3.0]);
}

#[test]
fn a_hundred_thousand_nodes_are_walked_and_dropped_without_overflow() {
    let work = || {
        let x = leaf(&[1.0]);
        let one = TensorOf::new(vec![1.0], &[1]);
        let grow = |y: TensorOf<f64>, _| y.mul(&one).add(&x);
        let y = (0..50_000).fold(x.clone(), grow);
        assert_eq!(y.sum_all().backward().of(&x).unwrap().to_vec(), [50_001.0]);
        drop((0..50_000).fold(x.clone(), grow));
    };
    // The stack of a test thread, and not more.
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn the_graph_is_freed_by_the_backward_walk() {
    let x = leaf(&[1.0, 2.0]);
    let y = x.exp();
    let seen = std::sync::Arc::downgrade(y.node().unwrap());
    let loss = y.sum_all();
    drop(y);
    assert!(seen.upgrade().is_some());
    loss.backward();
    assert!(seen.upgrade().is_none());
}

#[test]
#[should_panic(expected = "must be a single number, and this has shape [2]")]
fn a_loss_is_a_single_number() {
    leaf(&[1.0, 2.0]).exp().backward();
}

#[test]
#[should_panic(expected = "nothing behind this tensor wants a gradient")]
fn a_loss_without_leaves_is_refused() {
    TensorOf::new(vec![1.0], &[]).exp().backward();
}

#[test]
#[should_panic(expected = "add: [2] and [3] do not fit")]
fn shapes_that_do_not_fit_are_named_with_the_operation() {
    leaf(&[1.0, 2.0]).add(&leaf(&[1.0, 2.0, 3.0]));
}
