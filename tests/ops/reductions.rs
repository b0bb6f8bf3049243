//! Reductions and indexing: by hand, over nothing, at kinks.

use crate::support::*;
use gradus::autograd::{Tensor, TensorOf};
use gradus::ops;
use gradus::tensor::Array;

#[test]
fn means_and_variances_by_hand() {
    let x = leaf(&[1.0, 2.0, 3.0, 6.0, 0.0, 4.0, 4.0, 4.0], &[2, 4]);
    assert_eq!(x.mean(&[1]).to_vec(), [3.0, 3.0]);
    assert_eq!(x.mean(&[1]).shape(), [2, 1]);
    assert_eq!(x.mean(&[0]).to_vec(), [0.5, 3.0, 3.5, 5.0]);
    assert_eq!((x.mean_all().item(), x.mean_all().shape()), (3.0, &[][..]));
    // (4 + 1 + 0 + 9) and (9 + 1 + 1 + 1), over n and over n − 1.
    assert_eq!(x.var(&[1]).to_vec(), [3.5, 3.0]);
    assert_eq!(x.var_unbiased(&[1]).to_vec(), [14.0 / 3.0, 4.0]);
    assert_eq!(x.var(&[0, 1]).item(), 26.0 / 8.0);
    assert_eq!(plain_gradient(x.mean(&[1]), &x), [0.25; 8]);
    let slopes = [-4.0, -2.0, 0.0, 6.0, -6.0, 2.0, 2.0, 2.0]; // 2 (x − μ)
    assert_near(&plain_gradient(x.var(&[1]), &x), &slopes.map(|x| x / 4.0), 1e-15);
    let unbiased = plain_gradient(x.var_unbiased(&[1]), &x);
    assert_near(&unbiased, &slopes.map(|x| x / 3.0), 1e-15);
}

/// E x² − μ² would give 0, or less, at 10⁸ in f64 and already at 10⁴ in f32.
#[test]
fn a_variance_far_from_zero_is_not_rounded_away() {
    let spread = [1.0, 2.0, 3.0, 6.0];
    let far = leaf(&spread.map(|x| x + 1e8), &[4]);
    assert_eq!(far.var(&[0]).item(), 3.5);
    // Nor may (x − μ)(x + μ) be summed, which is the same on paper. What is left of x after
    // 10⁸ was added is exact when 10⁸ is taken off again.
    let far = leaf(&spread.map(|x| 0.3 * x + 1e8), &[4]);
    assert_near(&[far.var(&[0]).item()], &[far.add_scalar(-1e8).var(&[0]).item()], 1e-12);
    let far = Tensor::new(spread.map(|x| x as f32 + 65536.0).to_vec(), &[4]);
    assert_eq!(far.var(&[0]).item(), 3.5);
    let ones: Tensor = Array::full(1.0, &[4]).into();
    let normal = far.layer_norm(&ones, &far, 1e-6);
    let first = (normal.to_vec()[0] - 65537.0) as f64;
    assert!((first + 2.0 / 3.5f64.sqrt()).abs() < 0.01, "{first}"); // added to 65537 in f32
}

#[test]
fn reductions_over_nothing() {
    let nothing = leaf(&[], &[2, 0]);
    let both = |y: TensorOf<f64>, expected: f64| {
        let same = |y: f64| y == expected || y.is_nan() && expected.is_nan();
        assert!(y.shape() == [2, 1] && y.to_vec().into_iter().all(same), "{y:?}");
        assert!(gradient(y, &nothing).is_empty());
    };
    both(nothing.mean(&[1]), NAN);
    both(nothing.var(&[1]), NAN);
    both(nothing.var_unbiased(&[1]), NAN);
    both(nothing.max(&[1]), -INF);
    both(nothing.min(&[1]), INF);
    both(nothing.logsumexp(&[1]), -INF);
    assert!(nothing.mean_all().item().is_nan());
    assert!(leaf(&[1.0], &[1]).var_unbiased(&[0]).item().is_nan(), "one says nothing");
}

#[test]
fn equal_elements_share_the_gradient_of_the_largest_and_of_the_smallest() {
    let x = leaf(&[1.0, 5.0, 5.0, 2.0, 2.0, 7.0, 2.0, 2.0], &[2, 4]);
    assert_eq!(x.max(&[1]).to_vec(), [5.0, 7.0]);
    assert_eq!(x.min(&[1]).to_vec(), [1.0, 2.0]);
    let upstream = || Array::new(vec![6.0, -3.0], &[2, 1]);
    let gradients =
        |y: TensorOf<f64>| y.backward_from(upstream()).of(&x).unwrap().to_vec();
    assert_eq!(gradients(x.max(&[1])), [0.0, 3.0, 3.0, 0.0, 0.0, -3.0, 0.0, 0.0]);
    assert_eq!(gradients(x.min(&[1])), [6.0, 0.0, 0.0, 0.0, -1.0, 0.0, -1.0, -1.0]);
    let infinite = leaf(&[-INF, -INF], &[2]);
    assert_eq!(plain_gradient(infinite.max(&[0]), &infinite), [0.5, 0.5]);
}

#[test]
fn a_nan_counts_as_largest_and_as_smallest_and_takes_the_gradient() {
    let x = leaf(&[1.0, NAN, 3.0], &[3]);
    for y in [x.max(&[0]), x.min(&[0])] {
        assert!(y.item().is_nan());
        assert_eq!(plain_gradient(y, &x), [0.0, 1.0, 0.0]);
    }
}

/// Where a finite difference crosses from one element to another it measures something
/// else than the gradient.
#[test]
fn cases_of_max_and_min_stay_away_from_their_kinks() {
    let mut seen = 0;
    for case in ops::cases() {
        if !["max", "min"].contains(&case.operation) {
            continue;
        }
        let mut values = case.inputs[0].to_vec();
        values.sort_by(f64::total_cmp);
        assert!(values.windows(2).all(|pair| pair[1] - pair[0] > 10.0 * 1e-5));
        seen += 1;
    }
    assert!(seen >= 8);
}

#[test]
fn logsumexp_by_hand_and_at_the_extremes() {
    let value = |values: &[f64]| leaf(values, &[values.len()]).logsumexp(&[0]).item();
    assert_near(&[value(&[0.0, 3f64.ln()])], &[4f64.ln()], 1e-15);
    assert_eq!(value(&[1e4, 1e4]), 1e4 + 2f64.ln());
    assert_eq!(value(&[-1e4, -1e4]), -1e4 + 2f64.ln());
    assert_eq!(value(&[-INF, 2.0]), 2.0);
    assert_eq!(value(&[-INF, -INF]), -INF);
    assert_eq!(value(&[INF, 2.0, -INF]), INF);
    assert!(value(&[NAN, 2.0]).is_nan() && value(&[NAN, INF]).is_nan());
    let x = leaf(&[0.0, 3f64.ln(), -INF, -INF, -INF, 1e4], &[3, 2]);
    let dx = plain_gradient(x.logsumexp(&[1]), &x);
    assert_near(&dx, &[0.25, 0.75, 0.0, 0.0, 0.0, 1.0], 1e-15);
    let all = x.logsumexp(&[0, 1]);
    assert_eq!((all.item(), all.shape()), (1e4, &[1, 1][..]));
}

#[test]
fn a_gradient_of_logsumexp_far_from_zero_is_not_rounded_away() {
    let x = Tensor::new(vec![10_000.0, 10_000.5], &[2]).tracked();
    let dx = x.logsumexp(&[0]).sum_all().backward().of(&x).unwrap().to_vec();
    let share = 1.0 / (1.0 + 0.5f32.exp());
    assert!((dx[0] - share).abs() < 1e-6 && (dx[0] + dx[1] - 1.0).abs() < 1e-6, "{dx:?}");
}

#[test]
fn a_row_that_is_chosen_twice_gets_both_gradients() {
    let table = leaf(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[3, 2]);
    let rows = table.index_select(&Array::new(vec![2, 0, 2, 2], &[2, 2]));
    assert_eq!(rows.shape(), [2, 2, 2]);
    assert_eq!(rows.to_vec(), [5.0, 6.0, 1.0, 2.0, 5.0, 6.0, 5.0, 6.0]);
    let upstream =
        Array::new(vec![1.0, 2.0, 3.0, 4.0, 10.0, 20.0, 100.0, 200.0], &[2, 2, 2]);
    let gradients = rows.backward_from(upstream);
    assert_eq!(
        gradients.of(&table).unwrap().to_vec(),
        [3.0, 4.0, 0.0, 0.0, 111.0, 222.0]
    );
}

#[test]
fn an_element_that_is_gathered_twice_gets_both_gradients() {
    let x = leaf(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[2, 3]);
    let y = x.gather(1, &Array::new(vec![2, 2, 0, 1], &[2, 2]));
    assert_eq!(y.to_vec(), [3.0, 3.0, 4.0, 5.0]);
    let gradients = y.backward_from(Array::new(vec![1.0, 10.0, 2.0, 3.0], &[2, 2]));
    assert_eq!(gradients.of(&x).unwrap().to_vec(), [0.0, 0.0, 11.0, 2.0, 3.0, 0.0]);
}
