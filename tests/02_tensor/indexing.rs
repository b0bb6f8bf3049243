//! Picking and joining, labels and masks, arrays as text.

use crate::support::counting;
use gradus::tensor::Array;

#[test]
fn picking_and_adding_by_index_are_opposites() {
    let table = counting(&[4, 2]);
    let ids = Array::new(vec![3, 0, 3], &[3]);
    assert_eq!(table.index_select(&ids).to_vec(), [6.0, 7.0, 0.0, 1.0, 6.0, 7.0]);
    let added = Array::new(vec![1.0; 6], &[3, 2]).index_add(&ids, &[4, 2]);
    assert_eq!(added.to_vec(), [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 2.0, 2.0]);
    let a = counting(&[2, 3]);
    let picks = Array::new(vec![2, 0, 1, 1], &[2, 2]);
    assert_eq!(a.gather(1, &picks).to_vec(), [2.0, 0.0, 4.0, 4.0]);
    let back =
        Array::new(vec![1.0, 2.0, 3.0, 4.0], &[2, 2]).scatter_add(1, &picks, &[2, 3]);
    assert_eq!(back.to_vec(), [2.0, 0.0, 1.0, 0.0, 7.0, 0.0]);
}

#[test]
fn arrays_are_joined_along_any_axis() {
    let (a, b) = (counting(&[2, 2]), counting(&[2, 1]).map(|x| x + 10.0));
    assert_eq!(
        Array::concat(&[a.clone(), b.clone()], 1).to_vec(),
        [0.0, 1.0, 10.0, 2.0, 3.0, 11.0]
    );
    let c = Array::concat(&[a.clone(), a.transpose(0, 1)], 0);
    assert_eq!(c.to_vec(), [0.0, 1.0, 2.0, 3.0, 0.0, 2.0, 1.0, 3.0]);
    assert_eq!(Array::concat(&[Array::zeros(&[0, 2]), a.clone()], 0), a);
}

#[test]
fn a_margin_is_put_around_any_layout() {
    let a = counting(&[2, 2]).transpose(0, 1);
    assert_eq!(a.pad(0, 1, 0, 9.0).to_vec(), [9.0, 9.0, 0.0, 2.0, 1.0, 3.0]);
    assert_eq!(a.pad(1, 0, 1, 9.0).to_vec(), [0.0, 2.0, 9.0, 1.0, 3.0, 9.0]);
    assert_eq!(Array::<f64>::zeros(&[0]).pad(0, 1, 1, 9.0).to_vec(), [9.0, 9.0]);
    assert_eq!(a.pad(0, 0, 0, 9.0), a);
}

#[test]
fn comparisons_answer_with_0_and_1() {
    let a = Array::new(vec![1.0, 2.0, f64::NAN], &[3]);
    let b = Array::new(vec![1.0, 2.0], &[2, 1]);
    assert_eq!(a.equal(&b).to_vec(), [1, 0, 0, 0, 1, 0]);
    assert_eq!(a.less(&b).to_vec(), [0, 0, 0, 1, 0, 0]);
    assert_eq!(a.greater(&b).to_vec(), [0, 1, 0, 0, 0, 0]);
    assert_eq!(a.equal(&a).to_vec(), [1, 1, 0], "NaN equals nothing");
    let ids = Array::new(vec![4, 0, 4], &[3]);
    assert_eq!(ids.equal(&Array::scalar(4)).to_vec(), [1, 0, 1]);
}

#[test]
fn labels_become_rows_and_numbers() {
    let labels = Array::new(vec![2, 0], &[2, 1]);
    let rows = Array::<f64>::one_hot(&labels, 3);
    assert_eq!(rows.shape(), [2, 1, 3]);
    assert_eq!(rows.to_vec(), [0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
    assert_eq!(Array::<f64>::one_hot(&Array::zeros(&[0]), 3).shape(), [0, 3]);
    assert_eq!(Array::<f64>::one_hot(&Array::scalar(1), 2).to_vec(), [0.0, 1.0]);
    assert_eq!(labels.cast::<f32>().to_vec(), [2.0, 0.0]);
    assert_eq!(Array::scalar(u32::MAX).cast::<f64>().item(), 4294967295.0);
}

#[test]
fn arrays_are_shown_as_nested_brackets() {
    assert_eq!(format!("{}", counting(&[2, 2])), "[[0, 1], [2, 3]]");
    assert_eq!(format!("{:.1}", counting(&[2])), "[0.0, 1.0]");
    assert_eq!(format!("{}", counting(&[20])), "[0, 1, 2, …, 17, 18, 19]");
    assert_eq!(format!("{:?}", counting(&[0, 2])), "Array<f64> [0, 2] []");
    assert_eq!(format!("{}", Array::scalar(3u32)), "3");
}
