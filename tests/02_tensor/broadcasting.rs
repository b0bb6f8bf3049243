//! Shapes that are repeated to fit each other.

use crate::support::counting;
use gradus::tensor::{Array, broadcast_shape};

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
