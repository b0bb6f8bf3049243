//! What is not a number, and what is infinite: it comes out, or it does not matter.

use crate::support::*;
use gradus::autograd::TensorOf;
use gradus::gradcheck::Case;
use gradus::ops;
use gradus::random::generator;
use gradus::tensor::Array;

fn run(case: &Case, inputs: &[Array<f64>]) -> (Array<f64>, Vec<Array<f64>>) {
    let leaves: Vec<_> =
        inputs.iter().map(|x| TensorOf::from(x.clone()).tracked()).collect();
    let y = (case.graph64)(&leaves);
    let value = y.value().clone();
    let upstream = Array::from_fn(y.shape(), |i| (i as f64 + 1.0).sin() + 0.2);
    let mut gradients = y.backward_from(upstream);
    let take = |(leaf, x): (&TensorOf<f64>, &Array<f64>)| {
        gradients.take(leaf).unwrap_or_else(|| Array::zeros(x.shape()))
    };
    let gradients = leaves.iter().zip(inputs).map(take).collect();
    (value, gradients)
}

/// Of every input of every case, every element in its turn. Where NaN does not come out,
/// the output must not depend on that element: its gradient was 0, and the output stays.
/// `f64::max` and comparisons swallow a NaN easily.
#[test]
fn nan_comes_out_unless_its_element_does_not_matter() {
    let (mut shown, mut unread) = (0, 0);
    for case in ops::cases() {
        let (value, gradients) = run(&case, &case.inputs);
        for (input, x) in case.inputs.iter().enumerate() {
            for place in 0..x.size() {
                let mut values = x.to_vec();
                values[place] = NAN;
                let mut inputs = case.inputs.clone();
                inputs[input] = Array::new(values, x.shape());
                let (y, dx) = run(&case, &inputs);
                let what = format!("{} {}: {input}, {place}", case.operation, case.name);
                assert_eq!(y.shape(), value.shape(), "{what}");
                assert_eq!(dx[input].shape(), x.shape(), "{what}");
                if y.to_vec().iter().any(|y| y.is_nan()) {
                    shown += 1;
                    continue;
                }
                // A masked row has the gradient 0 and matters: −∞ is no place to be moved.
                assert_eq!(gradients[input].to_vec()[place], 0.0, "{what}");
                assert_eq!(y, value, "{what}");
                unread += 1;
            }
        }
    }
    assert!(shown > 1000 && unread > 50, "{shown} {unread}");
}

#[test]
fn infinity_goes_through_operations_as_through_arithmetic() {
    type Function = fn(&TensorOf<f64>) -> TensorOf<f64>;
    // At (∞, 1) and at (−∞, 1).
    let functions: [(Function, f64, f64); 20] = [
        (|x| x.sum(&[0]), INF, -INF),
        (|x| x.sum_all(), INF, -INF),
        (|x| x.mean(&[0]), INF, -INF),
        (|x| x.mean_all(), INF, -INF),
        (|x| x.var(&[0]), NAN, NAN),
        (|x| x.var_unbiased(&[0]), NAN, NAN),
        (|x| x.max(&[0]), INF, 1.0),
        (|x| x.min(&[0]), 1.0, -INF),
        (|x| x.logsumexp(&[0]), INF, 1.0),
        (|x| x.add(x), INF, -INF),
        (|x| x.sub(x), NAN, NAN),
        (|x| x.mul(x), INF, INF),
        (|x| x.div(x), NAN, NAN),
        (|x| x.scale(0.0), NAN, NAN),
        (|x| x.add_scalar(-1.0), INF, -INF),
        (|x| x.mse(&counting(&[2])), INF, INF),
        (|x| x.bce_with_logits(&Array::full(0.5, &[2])), NAN, INF),
        (|x| x.layer_norm(&counting(&[2]), &counting(&[2]), 1e-5), NAN, NAN),
        (|x| x.dropout(1.0, &mut generator(1)), NAN, NAN),
        (|x| x.reshape(&[1, 2]).matmul(&counting(&[2, 1])), NAN, NAN),
    ];
    for (number, (f, above, below)) in functions.into_iter().enumerate() {
        for (x, expected) in [(INF, above), (-INF, below)] {
            let x = row(&[x, 1.0]);
            let y = f(&x);
            let first = y.to_vec()[0];
            let same = first == expected || first.is_nan() && expected.is_nan();
            assert!(same, "number {number}: {first} is not {expected}");
            assert_eq!(gradient(y, &x).len(), 2);
        }
    }
}
