//! Sums, largest and smallest along axes.

use crate::support::counting;
use gradus::tensor::Array;

#[test]
fn reductions_over_nothing_and_over_what_is_not_a_number() {
    let empty = Array::<f64>::zeros(&[2, 0]);
    assert_eq!(empty.sum(&[1]).to_vec(), [0.0, 0.0]);
    assert_eq!(empty.max(&[1]).to_vec(), [f64::NEG_INFINITY; 2]);
    let odd = Array::new(vec![1.0, f64::NAN, 3.0, -f64::INFINITY], &[2, 2]);
    assert!(odd.max(&[1]).to_vec()[0].is_nan() && odd.min(&[1]).to_vec()[0].is_nan());
    assert_eq!(odd.max(&[1]).to_vec()[1], 3.0);
    assert_eq!(odd.argmax(1).to_vec(), [1, 0]);
    assert_eq!(Array::new(vec![2.0, 5.0, 5.0], &[3]).argmax(0).item(), 1, "the first");
}

/// Σ over the named axes, element by element.
#[test]
fn sums_are_those_of_the_elements_with_the_same_other_indices() {
    let turned = counting(&[4, 2, 3]).permute(&[2, 0, 1]); // [3, 4, 2]
    let sum = turned.sum(&[1]);
    assert_eq!(sum.shape(), [3, 1, 2]);
    for i in 0..3 {
        for j in 0..2 {
            let expected: f64 = (0..4).map(|k| turned.at(&[i, k, j])).sum();
            assert_eq!(sum.at(&[i, 0, j]), expected);
        }
    }
    let both = turned.sum(&[2, 0]);
    assert_eq!(both.shape(), [1, 4, 1]);
    for k in 0..4 {
        let pairs = (0..3).flat_map(|i| [turned.at(&[i, k, 0]), turned.at(&[i, k, 1])]);
        assert_eq!(both.at(&[0, k, 0]), pairs.sum::<f64>());
    }
    assert_eq!(turned.sum(&[]), turned, "nothing is added up");
}

#[test]
fn sum_to_undoes_a_broadcast_by_adding_up_the_copies() {
    let a = counting(&[3, 1]);
    let wide = a.broadcast_to(&[2, 3, 5]);
    assert_eq!(wide.sum_to(&[3, 1]), a.map(|x| 10.0 * x));
    assert_eq!(wide.sum_to(&[]).item(), 30.0);
    assert_eq!(Array::<f64>::zeros(&[2, 0]).sum_to(&[0]).shape(), [0]);
    assert_eq!(Array::<f64>::zeros(&[0, 2]).sum_to(&[2]).to_vec(), [0.0, 0.0]);
}
