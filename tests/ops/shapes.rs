//! Shapes: what changes, and what is copied.

use crate::support::*;
use gradus::autograd::TensorOf;
use gradus::tensor::Array;

#[test]
fn shapes_change_and_elements_stay_in_order() {
    let x = counting(&[2, 3]);
    assert_eq!(x.reshape(&[3, 2]).shape(), [3, 2]);
    assert_eq!(x.transpose(0, 1).to_vec(), [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
    assert_eq!(counting(&[2, 3, 4]).permute(&[2, 0, 1]).shape(), [4, 2, 3]);
    assert_eq!(x.slice(1, 1..3).to_vec(), [1.0, 2.0, 4.0, 5.0]);
    let parts = x.split(1, &[1, 0, 2]);
    assert_eq!(parts[0].to_vec(), [0.0, 3.0]);
    assert_eq!([parts[1].shape(), parts[2].shape()], [[2, 0], [2, 2]]);
    let parts: Vec<&TensorOf<f64>> = parts.iter().collect();
    assert_eq!(TensorOf::concat(&parts, 1).value(), x.value());
    let stacked = TensorOf::stack(&[&x, &x.scale(10.0)], 1);
    assert_eq!(stacked.shape(), [2, 2, 3]);
    assert_eq!(stacked.slice(0, 1..2).to_vec(), [3.0, 4.0, 5.0, 30.0, 40.0, 50.0]);
    assert_eq!(
        x.slice(0, 0..1).broadcast_to(&[2, 3]).to_vec(),
        [0.0, 1.0, 2.0].repeat(2)
    );
    let padded = x.slice(1, 0..2).pad(1, 1, 2, 9.0);
    assert_eq!(padded.to_vec(), [9.0, 0.0, 1.0, 9.0, 9.0, 9.0, 3.0, 4.0, 9.0, 9.0]);
    assert_eq!(x.pad(0, 0, 1, 9.0).slice(0, 2..3).to_vec(), [9.0; 3]);
    assert_eq!([x.unsqueeze(0).shape(), x.unsqueeze(2).shape()], [[1, 2, 3], [2, 3, 1]]);
    assert_eq!(x.unsqueeze(1).squeeze(1).value(), x.value());
}

/// Whether both arrays read the same memory.
fn shares(a: &Array<f64>, b: &Array<f64>) -> bool {
    std::ptr::eq(a.storage(), b.storage())
}

#[test]
fn a_view_copies_nothing() {
    let x = counting(&[2, 3, 1]);
    let turned = x.transpose(0, 1);
    let views = [
        x.reshape(&[6]),
        x.permute(&[2, 0, 1]),
        x.transpose(0, 2),
        x.slice(1, 1..3),
        x.split(1, &[1, 2]).remove(1),
        x.broadcast_to(&[2, 3, 4]),
        x.squeeze(2),
        x.unsqueeze(1),
        turned.squeeze(2),
        turned.unsqueeze(0),
        turned.unsqueeze(2),
        turned.slice(0, 1..3).unsqueeze(3),
        x.detach(),
        x.tracked(),
    ];
    for view in &views {
        assert!(shares(x.value(), view.value()), "{:?}", view.value().layout());
    }
}

#[test]
fn backward_of_a_view_copies_nothing_where_it_need_not() {
    let x = counting(&[2, 3]).tracked();
    let other = counting(&[1, 3]);
    let views = [
        x.reshape(&[3, 2]),
        x.permute(&[1, 0]),
        x.transpose(0, 1),
        x.slice(0, 0..2).unsqueeze(1).squeeze(1).reshape(&[6]),
        TensorOf::concat(&[&other, &x], 0),
        TensorOf::concat(&[&x, &x.detach()], 1),
        TensorOf::stack(&[&x, &x.detach()], 2),
        x.pad(1, 2, 1, 0.0),
        x.broadcast_to(&[2, 3]),
        x.add(&other),
        x.sub(&other),
    ];
    for (number, view) in views.into_iter().enumerate() {
        let seed = Array::from_fn(view.shape(), |i| i as f64);
        let gradient = view.backward_from(seed.clone()).take(&x).unwrap();
        // A slice goes back by a pad, which is new memory: the only one here.
        assert_eq!(shares(&seed, &gradient), number != 3, "number {number}");
    }
}
