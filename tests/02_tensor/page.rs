//! The numbers that the page works out by hand.

use crate::refused::refusal;
use crate::support::{counting, shares};
use gradus::tensor::{Array, Layout, broadcast_shape};

/// The array of the page: row and column of each element, as two digits.
fn matrix() -> Array<f64> {
    Array::from_fn(&[3, 4], |i| (10 * (i / 4 + 1) + i % 4 + 1) as f64)
}

fn strides(array: &Array<f64>) -> &[usize] {
    array.layout().strides()
}

#[test]
fn the_array_of_the_page() {
    let a = matrix();
    assert_eq!(a.to_vec()[..5], [11.0, 12.0, 13.0, 14.0, 21.0]);
    assert_eq!(strides(&a), [4, 1]);
    assert_eq!(a.layout().position(&[1, 2]), 6);
    assert_eq!(a.at(&[1, 2]), 23.0);
    assert_eq!(Layout::contiguous(&[2, 3, 4]).strides(), [12, 4, 1]);
    assert_eq!(Layout::contiguous(&[2, 3, 4]).position(&[1, 2, 3]), 23);
}

#[test]
fn its_transpose_and_its_pieces() {
    let a = matrix();
    let turned = a.transpose(0, 1);
    assert_eq!((turned.shape(), strides(&turned)), (&[4, 3][..], &[1, 4][..]));
    assert_eq!(turned.layout().position(&[2, 1]), 6);
    let piece = a.slice(0, 1..3).slice(1, 1..3);
    assert_eq!((piece.shape(), strides(&piece)), (&[2, 2][..], &[4, 1][..]));
    assert_eq!(piece.layout().offset(), 5);
    assert_eq!(piece.to_vec(), [22.0, 23.0, 32.0, 33.0]);
    let column = a.slice(1, 2..3);
    assert_eq!((column.layout().offset(), column.to_vec()), (2, vec![13.0, 23.0, 33.0]));
}

#[test]
fn its_reshapes() {
    let a = matrix();
    assert!(shares(&a, &a.reshape(&[2, 6])) && shares(&a, &a.reshape(&[12])));
    let turned = a.transpose(0, 1);
    assert!(!shares(&turned, &turned.reshape(&[12])), "it copies");
    let cut = turned.reshape(&[2, 2, 3]);
    assert!(shares(&turned, &cut), "an axis can always be cut");
    assert_eq!(strides(&cut), [2, 1, 4]);
    let left = a.slice(1, 0..2);
    assert!(!shares(&left, &left.reshape(&[6])), "there is a gap");
    assert_eq!(turned.reshape(&[3, 4]).at(&[0, 1]), 21.0, "a reshape is no transpose");
}

#[test]
fn its_broadcasts() {
    let row = Array::new(vec![1.0, 2.0, 3.0, 4.0], &[4]);
    let rows = row.broadcast_to(&[3, 4]);
    assert_eq!(strides(&rows), [0, 1]);
    assert!(shares(&row, &rows));
    let column = Array::new(vec![10.0, 20.0, 30.0], &[3, 1]);
    assert_eq!(strides(&column.broadcast_to(&[3, 4])), [1, 0]);
    let sum = column.zip(&row, "add", |x, y| x + y);
    assert_eq!(sum.to_vec()[..5], [11.0, 12.0, 13.0, 14.0, 21.0]);
    assert_eq!(sum, matrix());
    assert_eq!(broadcast_shape(&[8, 1, 6, 1], &[7, 1, 5]), Some(vec![8, 7, 6, 5]));
    assert_eq!(broadcast_shape(&[3, 4], &[3]), None);
}

#[test]
fn a_write_through_a_broadcast_goes_into_a_copy() {
    let row = Array::new(vec![1.0, 2.0], &[2]);
    let mut rows = row.broadcast_to(&[2, 2]);
    rows.make_mut()[0] = 9.0;
    assert_eq!(rows.to_vec(), [9.0, 2.0, 1.0, 2.0], "one element, not a column of them");
    assert_eq!(row.to_vec(), [1.0, 2.0]);
}

#[test]
fn its_sums() {
    let a = matrix();
    let (down, along) = (a.sum(&[0]), a.sum(&[1]));
    assert_eq!(
        (down.shape(), down.to_vec()),
        (&[1, 4][..], vec![63.0, 66.0, 69.0, 72.0])
    );
    assert_eq!((along.shape(), along.to_vec()), (&[3, 1][..], vec![50.0, 90.0, 130.0]));
    let shares = a.zip(&along, "div", |x, s| x / s);
    assert_eq!(shares.sum(&[1]).to_vec(), [1.0; 3], "each row adds up to 1");
    assert_eq!(a.sum_to(&[4]).shape(), [4]);
    assert_eq!(a.sum_to(&[4]).to_vec(), down.to_vec());
}

#[test]
fn its_products() {
    let (a, b) = (Array::new(vec![1.0, 2.0, 3.0, 4.0], &[2, 2]), [10.0, 1.0, 0.0, 1.0]);
    let b = Array::new(b.to_vec(), &[2, 2]);
    assert_eq!(a.matmul(&b).to_vec(), [10.0, 3.0, 30.0, 7.0]);
    let (queries, keys) = (counting(&[8, 4, 10, 16]), counting(&[8, 4, 10, 16]));
    let scores = queries.matmul(&keys.transpose(2, 3));
    assert_eq!(scores.shape(), [8, 4, 10, 10]);
    assert_eq!(counting(&[8, 10, 16]).matmul(&counting(&[16, 3])).shape(), [8, 10, 3]);
}

// ANCHOR: told
#[test]
fn what_the_reader_is_told() {
    let told = refusal(|| {
        let (matrix, column) = (counting(&[3, 4]), counting(&[3]));
        matrix.zip(&column, "add", |x, y| x + y);
    });
    assert_eq!(
        told,
        "add: [3, 4] and [3] do not fit: matched from the right, sizes must be equal, \
         or one of them 1"
    );
}
// ANCHOR_END: told

#[test]
fn a_column_that_lost_its_axis_makes_a_table_and_no_error() {
    let (predictions, targets) = (counting(&[5, 1]), counting(&[5]));
    let errors = predictions.zip(&targets, "sub", |p, y| p - y);
    assert_eq!(errors.shape(), [5, 5]);
    assert!(errors.map(|e| e * e).sum(&[0, 1]).item() > 0.0, "and it should be 0");
}
