//! The numbers that the page works by hand, from the library.

use crate::support::{leaf, number};
use gradus::autograd::TensorOf;
use gradus::tensor::Array;

// ANCHOR: diamond
#[test]
fn the_graph_worked_by_hand() {
    let a = TensorOf::new(vec![2.0], &[]).tracked();
    let b = TensorOf::new(vec![3.0], &[]).tracked();
    let u = a.mul(&b);
    let v = a.add(&b);
    let loss = u.mul(&v);
    assert_eq!(loss.item(), 30.0);
    let gradients = loss.backward();
    assert_eq!(gradients.of(&a).unwrap().item(), 21.0);
    assert_eq!(gradients.of(&b).unwrap().item(), 16.0);
}
// ANCHOR_END: diamond

/// Each message by its own two numbers: what arrived, times the slope.
#[test]
fn every_message_of_the_page() {
    let (a, b): (f64, f64) = (2.0, 3.0);
    let (u, v) = (a * b, a + b);
    let (to_u, to_v) = (1.0 * v, 1.0 * u);
    assert_eq!((to_u, to_v), (5.0, 6.0));
    assert_eq!((to_u * b, to_u * a, to_v * 1.0, to_v * 1.0), (15.0, 10.0, 6.0, 6.0));
    // The formula: L = a² b + a b².
    assert_eq!(2.0 * a * b + b * b, 15.0 + 6.0);
    assert_eq!(a * a + 2.0 * a * b, 10.0 + 6.0);
}

/// x · x uses x twice; with `=` for `+=` one of the two messages would be lost.
#[test]
fn a_square_gets_both_messages() {
    let x = number(3.0);
    assert_eq!(x.mul(&x).backward().of(&x).unwrap().item(), 6.0);
}

/// Forwards the same product, one input at a time: the slope of (value, slope) pairs.
#[test]
fn forward_mode_gives_the_same() {
    let times = |a: [f64; 2], b: [f64; 2]| [a[0] * b[0], a[1] * b[0] + a[0] * b[1]];
    let plus = |a: [f64; 2], b: [f64; 2]| [a[0] + b[0], a[1] + b[1]];
    let f = |a, b| times(times(a, b), plus(a, b));
    assert_eq!(f([2.0, 1.0], [3.0, 0.0]), [30.0, 21.0]);
    assert_eq!(f([2.0, 0.0], [3.0, 1.0]), [30.0, 16.0]);
}

#[test]
fn the_gradient_of_a_broadcast_is_a_sum() {
    let row = TensorOf::new(vec![1.0, 2.0, 3.0], &[1, 3]).tracked();
    let column = TensorOf::new(vec![10.0, 20.0], &[2, 1]).tracked();
    let table = row.add(&column);
    let dy = Array::new(vec![1.0, 2.0, 3.0, 10.0, 20.0, 30.0], &[2, 3]);
    let gradients = table.backward_from(dy);
    let (row, column) = (gradients.of(&row).unwrap(), gradients.of(&column).unwrap());
    assert_eq!((row.shape(), row.to_vec()), (&[1, 3][..], vec![11.0, 22.0, 33.0]));
    assert_eq!((column.shape(), column.to_vec()), (&[2, 1][..], vec![6.0, 60.0]));
}

#[test]
fn the_gradients_of_a_matrix_product_by_indices() {
    let values =
        |n: usize, by: f64| (0..n).map(|i| (by * i as f64 + 1.0).sin()).collect();
    let a = TensorOf::new(values(6, 1.3), &[2, 3]).tracked();
    let b = TensorOf::new(values(12, 0.7), &[3, 4]).tracked();
    let dc = Array::new(values(8, 2.1), &[2, 4]);
    let gradients = a.matmul(&b).backward_from(dc.clone());
    let (da, db) = (gradients.of(&a).unwrap(), gradients.of(&b).unwrap());
    for k in 0..3 {
        for m in 0..2 {
            let sum: f64 = (0..4).map(|n| dc.at(&[m, n]) * b.value().at(&[k, n])).sum();
            assert!((da.at(&[m, k]) - sum).abs() < 1e-14);
        }
        for n in 0..4 {
            let sum: f64 = (0..2).map(|m| a.value().at(&[m, k]) * dc.at(&[m, n])).sum();
            assert!((db.at(&[k, n]) - sum).abs() < 1e-14);
        }
    }
}

// ANCHOR: detach
#[test]
fn a_detached_factor_is_a_constant() {
    let x = leaf(&[3.0]);
    let y = x.mul(&x.detach()).sum_all();
    assert_eq!(y.item(), 9.0);
    assert_eq!(y.backward().of(&x).unwrap().item(), 3.0);
}
// ANCHOR_END: detach
