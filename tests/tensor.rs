//! Arrays: views never copy where strides allow it, and no result depends on how an array
//! lies in memory.

use gradus::tensor::{Array, Layout, broadcast_shape};
use support::refusal;

mod support;

/// 0, 1, 2, … under `shape`.
fn counting(shape: &[usize]) -> Array<f64> {
    Array::from_fn(shape, |i| i as f64)
}

/// Whether both arrays read the same memory.
fn shares(a: &Array<f64>, b: &Array<f64>) -> bool {
    std::ptr::eq(a.storage(), b.storage())
}

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
fn shapes_are_broadcast_from_the_right() {
    let shape = |a: &[usize], b: &[usize]| broadcast_shape(a, b);
    assert_eq!(shape(&[4, 1, 3], &[2, 1]), Some(vec![4, 2, 3]));
    assert_eq!(shape(&[], &[2]), Some(vec![2]));
    assert_eq!(shape(&[0], &[1]), Some(vec![0]));
    assert_eq!(shape(&[2], &[3]), None);
    assert_eq!(shape(&[2, 3], &[2]), None, "not from the left");
    assert_eq!(shape(&[0], &[2]), None);
}

#[test]
fn results_do_not_depend_on_how_an_array_lies() {
    let a = counting(&[3, 4, 5]);
    let views =
        [a.transpose(0, 2), a.slice(1, 1..3), a.permute(&[1, 0, 2]).slice(2, 0..4)];
    let b = counting(&[5, 2]).transpose(0, 1);
    for view in &views {
        let copy = Array::new(view.to_vec(), view.shape());
        assert_eq!(view, &copy);
        for axes in [&[0][..], &[1], &[2], &[0, 2], &[0, 1, 2]] {
            assert_eq!(view.sum(axes), copy.sum(axes));
            assert_eq!(view.max(axes), copy.max(axes));
        }
        assert_eq!(view.argmax(1), copy.argmax(1));
        let plus = |a: &Array<f64>| a.zip(&a.slice(0, 0..1), "plus", |x, y| x + 2.0 * y);
        assert_eq!(plus(view), plus(&copy));
    }
    let rows = a.reshape(&[12, 5]);
    assert_eq!(
        rows.matmul(&b.transpose(0, 1)),
        rows.matmul(&b.transpose(0, 1).contiguous())
    );
}

/// Σₖ aᵢₖ bₖⱼ, as it is written.
fn product(a: &Array<f64>, b: &Array<f64>) -> Array<f64> {
    let ([m, k], [_, n]) = (a.shape(), b.shape()) else { panic!("matrices") };
    let element = |c: usize| (0..*k).map(|l| a.at(&[c / n, l]) * b.at(&[l, c % n])).sum();
    Array::from_fn(&[*m, *n], element)
}

#[test]
fn the_matrix_product_is_the_sum_that_defines_it() {
    for (m, k, n) in [(1, 1, 1), (2, 3, 4), (33, 65, 17), (1, 50, 1), (5, 1, 7)] {
        let (a, b) = (counting(&[m, k]), counting(&[k, n]));
        assert_eq!(a.matmul(&b), product(&a, &b));
        let (a, b) =
            (counting(&[k, m]).transpose(0, 1), counting(&[n, k]).transpose(0, 1));
        assert_eq!(a.matmul(&b), product(&a, &b));
    }
    assert_eq!(counting(&[2, 0]).matmul(&counting(&[0, 3])), Array::zeros(&[2, 3]));
    assert_eq!(counting(&[0, 2]).matmul(&counting(&[2, 3])).shape(), [0, 3]);
    let (a, b) = (counting(&[3, 1, 2, 4]), counting(&[2, 4, 5]));
    let batch = a.matmul(&b);
    assert_eq!(batch.shape(), [3, 2, 2, 5]);
    for (i, j) in [(0, 0), (2, 1)] {
        let one =
            |x: &Array<f64>, i, shape: &[usize]| x.slice(0, i..i + 1).reshape(shape);
        let expected = product(&one(&a, i, &[2, 4]), &one(&b, j, &[4, 5]));
        assert_eq!(one(&one(&batch, i, &[2, 2, 5]), j, &[2, 5]), expected);
    }
}

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
fn a_margin_is_put_around_any_layout() {
    let a = counting(&[2, 2]).transpose(0, 1);
    assert_eq!(a.pad(0, 1, 0, 9.0).to_vec(), [9.0, 9.0, 0.0, 2.0, 1.0, 3.0]);
    assert_eq!(a.pad(1, 0, 1, 9.0).to_vec(), [0.0, 2.0, 9.0, 1.0, 3.0, 9.0]);
    assert_eq!(Array::<f64>::zeros(&[0]).pad(0, 1, 1, 9.0).to_vec(), [9.0, 9.0]);
    assert_eq!(a.pad(0, 0, 0, 9.0), a);
}

#[test]
fn three_arrays_are_walked_whatever_their_strides() {
    let f = |x: f64, y: f64, z: f64| x + 10.0 * y + 100.0 * z;
    let shapes: [&[usize]; 6] = [&[2, 3], &[1, 3], &[2, 1], &[3], &[1], &[]];
    for a in shapes {
        for b in shapes {
            for c in shapes {
                let (a, b, c) = (counting(a), counting(b), counting(c));
                let expected = a.zip(&b, "pair", |x, y| x + 10.0 * y);
                let expected = expected.zip(&c, "pair", |xy, z| xy + 100.0 * z);
                assert_eq!(a.zip3(&b, &c, "three", f), expected);
                let turned = |x: &Array<f64>| {
                    let x = x.broadcast_to(&[2, 3]).transpose(0, 1).contiguous();
                    x.transpose(0, 1)
                };
                let whole = expected.broadcast_to(&[2, 3]);
                assert_eq!(turned(&a).zip3(&b, &c, "three", f), whole);
                assert_eq!(a.zip3(&turned(&b), &c, "three", f), whole);
                assert_eq!(a.zip3(&b, &turned(&c), "three", f), whole);
            }
        }
    }
}

#[test]
fn arrays_are_shown_as_nested_brackets() {
    assert_eq!(format!("{}", counting(&[2, 2])), "[[0, 1], [2, 3]]");
    assert_eq!(format!("{:.1}", counting(&[2])), "[0.0, 1.0]");
    assert_eq!(format!("{}", counting(&[20])), "[0, 1, 2, …, 17, 18, 19]");
    assert_eq!(format!("{:?}", counting(&[0, 2])), "Array<f64> [0, 2] []");
    assert_eq!(format!("{}", Array::scalar(3u32)), "3");
}

fn two_by_three() -> Array<f64> {
    counting(&[2, 3])
}

#[test]
fn what_does_not_fit_is_named_with_both_shapes() {
    type Refused = (fn(), &'static [&'static str]);
    let cases: &[Refused] = &[
        (|| _ = Array::new(vec![0.0; 5], &[2, 3]), &["5 values", "[2, 3]", "holds 6"]),
        (|| _ = two_by_three().reshape(&[4]), &["reshape", "[2, 3] has 6", "[4] has 4"]),
        (
            || _ = two_by_three().matmul(&two_by_three()),
            &["[2, 3] × [2, 3]", "(3)", "(2)"],
        ),
        (|| _ = two_by_three().matmul(&counting(&[3])), &["matmul", "at least two axes"]),
        (
            || _ = two_by_three().zip(&counting(&[2]), "plus", |x, y| x + y),
            &["plus: [2, 3] and [2]"],
        ),
        (|| _ = two_by_three().sum(&[2]), &["sum: there is no axis 2", "[2, 3]"]),
        (|| _ = two_by_three().sum(&[1, 1]), &["sum: axis 1 is named twice"]),
        (|| _ = two_by_three().slice(1, 1..5), &["1..5", "axis 1", "[2, 3]"]),
        (|| _ = two_by_three().permute(&[0, 0]), &["permute: [0, 0]", "[2, 3]"]),
        (|| _ = two_by_three().transpose(0, 2), &["transpose: axes 0 and 2", "[2, 3]"]),
        (
            || _ = two_by_three().broadcast_to(&[3, 3]),
            &["broadcast_to: [2, 3]", "[3, 3]"],
        ),
        (|| _ = two_by_three().index_select(&Array::scalar(2)), &["index 2", "size 2"]),
        (|| _ = Array::<f64>::concat(&[], 0), &["concat: there are no arrays"]),
        (|| _ = two_by_three().item(), &["item", "[2, 3]"]),
        (|| _ = two_by_three().less(&counting(&[2])), &["less: [2, 3] and [2]"]),
        (
            || {
                _ = two_by_three().zip3(
                    &counting(&[3]),
                    &counting(&[2]),
                    "three",
                    |x, _, _| x,
                )
            },
            &["three: [2, 3], [3] and [2]"],
        ),
        (|| _ = two_by_three().pad(2, 1, 1, 0.0), &["pad: there is no axis 2", "[2, 3]"]),
        (
            || _ = Array::<f64>::one_hot(&Array::scalar(3), 3),
            &["one_hot: index 3", "3 classes"],
        ),
    ];
    for (mistake, parts) in cases {
        let message = refusal(*mistake);
        for part in *parts {
            assert!(message.contains(part), "{part:?} is not in {message:?}");
        }
    }
}

#[test]
fn a_contiguous_layout_is_known_as_one() {
    assert_eq!(Layout::contiguous(&[2, 3, 4]).strides(), [12, 4, 1]);
    assert!(counting(&[2, 3]).slice(0, 1..2).layout().is_contiguous());
    assert!(!counting(&[2, 3]).slice(1, 1..2).layout().is_contiguous());
    assert!(counting(&[2, 1, 3]).transpose(0, 1).layout().is_contiguous());
    assert_eq!(counting(&[2, 3]).slice(0, 1..2).as_slice(), Some(&[3.0, 4.0, 5.0][..]));
}
