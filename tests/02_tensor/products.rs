//! The matrix product, alone and in batches, against the sum that defines it.

use crate::support::counting;
use gradus::tensor::Array;

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
