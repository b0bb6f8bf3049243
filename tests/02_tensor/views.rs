//! Views: they share their memory, and they read what they should.

use crate::support::{counting, shares};
use gradus::tensor::{Array, Layout};

// ANCHOR: share
#[test]
fn views_share_their_memory() {
    let a = counting(&[2, 3, 4]);
    let views = [
        a.reshape(&[6, 4]),
        a.transpose(0, 2),
        a.permute(&[1, 2, 0]),
        a.slice(1, 1..3),
        a.broadcast_to(&[5, 2, 3, 4]),
        a.slice(2, 1..2).reshape(&[2, 3]),
        a.transpose(1, 2).reshape(&[2, 2, 2, 3]),
        a.clone(),
    ];
    for view in &views {
        assert!(shares(&a, view), "{:?}", view.layout());
    }
    assert!(!shares(&a, &a.transpose(0, 1).reshape(&[6, 4])), "no strides can say this");
}
// ANCHOR_END: share

#[test]
fn a_view_has_the_elements_it_should_have() {
    let a = counting(&[2, 3]);
    assert_eq!(a.transpose(0, 1).to_vec(), [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
    assert_eq!(a.slice(1, 1..3).to_vec(), [1.0, 2.0, 4.0, 5.0]);
    assert_eq!(a.slice(0, 1..2).reshape(&[3]).to_vec(), [3.0, 4.0, 5.0]);
    assert_eq!(a.transpose(0, 1).slice(0, 2..3).to_vec(), [2.0, 5.0]);
    let wide = Array::new(vec![1.0, 2.0], &[2, 1]).broadcast_to(&[3, 2, 2]);
    assert_eq!(wide.to_vec(), [1.0, 1.0, 2.0, 2.0].repeat(3));
    assert_eq!(a.at(&[1, 2]), 5.0);
    assert_eq!(a.transpose(0, 1).at(&[2, 1]), 5.0);
}

/// Every reshape of every permutation and slice of a small array, against indices worked
/// out one by one.
#[test]
fn reshape_keeps_the_order_of_elements_whether_it_copies_or_not() {
    let a = counting(&[4, 1, 6, 2]);
    let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [0, 2, 1, 3], [2, 0, 3, 1], [1, 0, 2, 3]];
    let shapes: [&[usize]; 8] = [
        &[48],
        &[4, 12],
        &[24, 2],
        &[2, 2, 12],
        &[2, 1, 3, 8],
        &[8, 6],
        &[1, 48, 1],
        &[16, 3],
    ];
    for order in orders {
        let whole = a.permute(&order);
        for shape in shapes {
            assert_eq!(
                whole.reshape(shape).to_vec(),
                whole.to_vec(),
                "{order:?} {shape:?}"
            );
        }
        let axis = order.iter().position(|axis| *axis == 2).unwrap();
        let part = whole.slice(axis, 1..4);
        for shape in [&[24usize][..], &[4, 6], &[3, 8], &[2, 12], &[12, 2], &[2, 3, 4]] {
            assert_eq!(
                part.reshape(shape).to_vec(),
                part.to_vec(),
                "{order:?} {shape:?}"
            );
        }
    }
}

#[test]
fn nothing_is_written_that_somebody_else_can_see() {
    let a = counting(&[2, 2]);
    let mut b = a.transpose(0, 1);
    b.make_mut()[1] = 9.0;
    assert_eq!(b.to_vec(), [0.0, 9.0, 1.0, 3.0]);
    assert_eq!(a.to_vec(), [0.0, 1.0, 2.0, 3.0]);
    let mut alone = counting(&[2]);
    let before = alone.storage().as_ptr();
    alone.make_mut()[0] = 5.0;
    assert_eq!(alone.storage().as_ptr(), before, "nobody else holds it: no copy");
}

#[test]
fn a_contiguous_layout_is_known_as_one() {
    assert_eq!(Layout::contiguous(&[2, 3, 4]).strides(), [12, 4, 1]);
    assert!(counting(&[2, 3]).slice(0, 1..2).layout().is_contiguous());
    assert!(!counting(&[2, 3]).slice(1, 1..2).layout().is_contiguous());
    assert!(counting(&[2, 1, 3]).transpose(0, 1).layout().is_contiguous());
    assert_eq!(counting(&[2, 3]).slice(0, 1..2).as_slice(), Some(&[3.0, 4.0, 5.0][..]));
}
