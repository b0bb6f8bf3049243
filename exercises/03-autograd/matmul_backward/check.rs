//! Checks both gradients by hand, then against the sums over indices.

use crate::{Case, Check};
use gradus::tensor::Array;

/// What the reader writes.
pub struct Answer {
    /// The gradients of the two factors.
    pub matmul_backward:
        fn(a: &Array<f64>, b: &Array<f64>, dc: &Array<f64>) -> (Array<f64>, Array<f64>),
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("one number each", |case| {
        case.given("A = [[2]], B = [[3]], dC = [[5]]");
        let one = |x: f64| Array::new(vec![x], &[1, 1]);
        try_on(case, answer, &one(2.0), &one(3.0), &one(5.0));
        case.given("A = [[2]], B = [[inf]], dC = [[0]]: 0 · ∞ is NaN, so dA is, too");
        try_on(case, answer, &one(2.0), &one(f64::INFINITY), &one(0.0));
    });
    check.case("square", |case| {
        let square = |values: [f64; 4]| Array::new(values.to_vec(), &[2, 2]);
        case.given(
            "A = [[1, 2], [3, 4]], B = [[5, 6], [7, 8]], dC = [[1, 10], [100, 1000]]",
        );
        let (a, b) = (square([1.0, 2.0, 3.0, 4.0]), square([5.0, 6.0, 7.0, 8.0]));
        try_on(case, answer, &a, &b, &square([1.0, 10.0, 100.0, 1000.0]));
    });
    check.case("not square", |case| {
        for [m, k, n] in [[2, 3, 4], [4, 2, 3], [3, 5, 2]] {
            case.given(format!("A [{m}, {k}], B [{k}, {n}], dC [{m}, {n}]"));
            try_on(case, answer, &some(m, k, 1), &some(k, n, 2), &some(m, n, 3));
        }
    });
    check.case("one row, one column", |case| {
        for [m, k, n] in [[1, 3, 4], [4, 3, 1], [3, 1, 2], [1, 4, 1]] {
            case.given(format!("A [{m}, {k}], B [{k}, {n}], dC [{m}, {n}]"));
            try_on(case, answer, &some(m, k, 4), &some(k, n, 5), &some(m, n, 6));
        }
    });
    check.case("views", |case| {
        case.given(
            "A [2, 3], B [3, 4], dC [2, 4], each the transpose of what lies in memory",
        );
        let turned = |rows, columns, by| some(columns, rows, by).transpose(0, 1);
        try_on(case, answer, &turned(2, 3, 7), &turned(3, 4, 8), &turned(2, 4, 9));
    });
    check.case("no rows, no columns, nothing to sum", |case| {
        for [m, k, n] in [[0, 2, 3], [2, 0, 3], [2, 3, 0]] {
            case.given(format!("A [{m}, {k}], B [{k}, {n}], dC [{m}, {n}]"));
            try_on(case, answer, &some(m, k, 1), &some(k, n, 2), &some(m, n, 3));
        }
    });
    check.case("a larger product", |case| {
        case.given("A [17, 9], B [9, 13], dC [17, 13]");
        try_on(case, answer, &some(17, 9, 10), &some(9, 13, 11), &some(17, 13, 12));
    });
}

/// Numbers without a pattern that a transpose would share.
fn some(rows: usize, columns: usize, by: usize) -> Array<f64> {
    let number = |i: usize| ((i + 1) as f64 * (1.3 + by as f64)).sin() + 0.1;
    Array::from_fn(&[rows, columns], number)
}

fn rows(array: &Array<f64>) -> Vec<Vec<f64>> {
    let [rows, columns] = [array.shape()[0], array.shape()[1]];
    let row = |i| (0..columns).map(|j| array.at(&[i, j])).collect();
    (0..rows).map(row).collect()
}

/// Σ over the index that is not among the two, of the products that `term` gives.
fn table(
    [rows, columns, summed]: [usize; 3],
    term: impl Fn(usize, usize, usize) -> f64,
) -> Vec<Vec<f64>> {
    let element = |i, j| (0..summed).map(|s| term(i, j, s)).sum();
    (0..rows).map(|i| (0..columns).map(|j| element(i, j)).collect()).collect()
}

fn try_on(
    case: &mut Case,
    answer: &Answer,
    a: &Array<f64>,
    b: &Array<f64>,
    dc: &Array<f64>,
) {
    let ([m, k], n) = ([a.shape()[0], a.shape()[1]], b.shape()[1]);
    let right_a = table([m, k, n], |m, k, n| dc.at(&[m, n]) * b.at(&[k, n]));
    let right_b = table([k, n, m], |k, n, m| a.at(&[m, k]) * dc.at(&[m, n]));
    let (da, db) = (answer.matmul_backward)(a, b, dc);
    let exchanged = m == k && k == n && rows(&da) == right_b && rows(&db) == right_a;
    case.holds(
        !exchanged,
        "the order of the two",
        "(dA, dB)",
        "(dB, dA)",
        "the right gradients, each in the other's place",
    );
    for (what, got, of, right) in [("dA", &da, a, &right_a), ("dB", &db, b, &right_b)] {
        case.equal(
            &format!("the shape of {what}"),
            got.shape().to_vec(),
            of.shape().to_vec(),
            "a gradient has the shape of what it belongs to",
        );
        if got.shape() != of.shape() {
            return;
        }
        let mut expectation = case.numbers(what, &rows(got), right);
        if m == k && k == n {
            let (at, bt, dct) =
                (a.transpose(0, 1), b.transpose(0, 1), dc.transpose(0, 1));
            let order = "the right matrices in the wrong order: A B is not B A";
            let turn = "a transpose is missing, or the wrong one is transposed: which \
                        index is summed over?";
            let wrong = match what {
                "dA" => [
                    (bt.matmul(dc), order),
                    (dc.matmul(b), turn),
                    (b.matmul(dc), turn),
                    (dct.matmul(b), turn),
                    (dct.matmul(&bt), turn),
                ],
                _ => [
                    (dc.matmul(&at), order),
                    (a.matmul(dc), turn),
                    (dc.matmul(a), turn),
                    (a.matmul(&dct), turn),
                    (at.matmul(&dct), turn),
                ],
            };
            for (value, suggests) in wrong {
                expectation = expectation.mistake(rows(&value), suggests);
            }
            let factor = if what == "dA" { b } else { a };
            expectation = expectation.mistake(
                rows(&dc.zip(factor, "check", |x, y: f64| x * y)),
                "this is the product of elements: each element of A takes part in a \
                 whole row of C",
            );
        }
        expectation.verify();
    }
}
