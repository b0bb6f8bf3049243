//! Checks products worked out by hand, then turned, cut and repeated matrices, sizes of 0
//! and 1, and an odd larger product against the library.

use crate::{Case, Check};
use gradus::random::{generator, normal};
use gradus::tensor::Array;

/// What the reader writes.
pub struct Answer {
    /// The matrix product, `[m, k] × [k, n]`.
    pub matmul_naive: fn(a: &Array<f64>, b: &Array<f64>) -> Array<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let product = answer.matmul_naive;
    let matrix = |shape: [usize; 2], values: &[f64]| Array::new(values.to_vec(), &shape);
    check.case("two by two", |case| {
        let (a, b) = (
            matrix([2, 2], &[1.0, 2.0, 3.0, 4.0]),
            matrix([2, 2], &[0.0, 1.0, 10.0, 5.0]),
        );
        expect(case, product, &a, &b, &[20.0, 11.0, 40.0, 23.0]);
    });
    let tall = matrix([3, 2], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let wide = matrix([2, 3], &[10.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
    check.case("the example of the statement", |case| {
        let expected = [12.0, 2.0, 3.0, 34.0, 4.0, 7.0, 56.0, 6.0, 11.0];
        expect(case, product, &tall, &wide, &expected);
    });
    check.case("three different sizes", |case| {
        let b = matrix([2, 4], &[1.0, 0.0, 2.0, -1.0, 0.0, 1.0, 3.0, 1.0]);
        let expected = [1.0, 2.0, 8.0, 1.0, 3.0, 4.0, 18.0, 1.0, 5.0, 6.0, 28.0, 1.0];
        expect(case, product, &tall, &b, &expected);
        expect(case, product, &wide, &tall, &[15.0, 26.0, 9.0, 12.0]);
    });
    check.case("a turned matrix", |case| {
        let turned = tall.transpose(0, 1);
        expect(
            case,
            product,
            &tall,
            &wide.transpose(0, 1).transpose(0, 1),
            &[12.0, 2.0, 3.0, 34.0, 4.0, 7.0, 56.0, 6.0, 11.0],
        );
        expect(case, product, &turned, &tall, &[35.0, 44.0, 44.0, 56.0]);
        let square = matrix([2, 2], &[1.0, 2.0, 3.0, 4.0]);
        expect(case, product, &square, &square.transpose(0, 1), &[5.0, 11.0, 11.0, 25.0]);
    });
    check.case("a piece from the middle", |case| {
        let whole = Array::from_fn(&[4, 5], |i| i as f64);
        let (a, b) =
            (whole.slice(0, 1..3).slice(1, 2..4), whole.slice(0, 2..4).slice(1, 1..4));
        // [7, 8; 12, 13] × [11, 12, 13; 16, 17, 18]
        expect(case, product, &a, &b, &[205.0, 220.0, 235.0, 340.0, 365.0, 390.0]);
    });
    check.case("a repeated row", |case| {
        let row = matrix([1, 2], &[2.0, 5.0]).broadcast_to(&[3, 2]);
        expect(
            case,
            product,
            &row,
            &wide,
            &[25.0, 5.0, 7.0, 25.0, 5.0, 7.0, 25.0, 5.0, 7.0],
        );
    });
    check.case("sizes of 1", |case| {
        let (row, column) =
            (matrix([1, 3], &[1.0, 2.0, 3.0]), matrix([3, 1], &[4.0, 5.0, 6.0]));
        expect(case, product, &row, &column, &[32.0]);
        expect(
            case,
            product,
            &column,
            &row,
            &[4.0, 8.0, 12.0, 5.0, 10.0, 15.0, 6.0, 12.0, 18.0],
        );
    });
    check.case("sizes of 0", |case| {
        for (m, k, n) in [(2, 0, 3), (0, 2, 3), (2, 3, 0), (0, 0, 0)] {
            expect(
                case,
                product,
                &Array::zeros(&[m, k]),
                &Array::zeros(&[k, n]),
                &vec![0.0; m * n],
            );
        }
    });
    check.case("zero times infinity", |case| {
        let (row, column) = (matrix([1, 2], &[1.0, 0.0]), [1.0, f64::INFINITY]);
        case.given("a = [[1, 0]], b = [[1], [inf]]");
        let got = product(&row, &matrix([2, 1], &column)).to_vec();
        case.numbers("the product", &got, &vec![f64::NAN])
            .mistake(
                vec![1.0],
                "0 · ∞ is NaN: a factor of 0 is no reason to leave a product out",
            )
            .verify();
    });
    check.case("odd sizes, turned and cut", |case| {
        let mut random = generator(2);
        let mut draw = |shape: &[usize]| Array::from_fn(shape, |_| normal(&mut random));
        let (a, b) = (draw(&[35, 19]).slice(0, 2..33), draw(&[23, 19]).transpose(0, 1));
        expect(case, product, &a, &b, &a.matmul(&b).to_vec());
        expect(
            case,
            product,
            &b.transpose(0, 1),
            &a.transpose(0, 1),
            &b.transpose(0, 1).matmul(&a.transpose(0, 1)).to_vec(),
        );
    });
}

/// Expects this product.
fn expect(
    case: &mut Case,
    product: fn(&Array<f64>, &Array<f64>) -> Array<f64>,
    a: &Array<f64>,
    b: &Array<f64>,
    expected: &[f64],
) {
    let (m, k, n) = (a.shape()[0], a.shape()[1], b.shape()[1]);
    let shown = |x: &Array<f64>| {
        let (layout, offset) = (x.layout(), x.layout().offset());
        match x.size() {
            0..=12 => format!("{x} (strides {:?}, offset {offset})", layout.strides()),
            _ => format!(
                "{:?} (strides {:?}, offset {offset})",
                x.shape(),
                layout.strides()
            ),
        }
    };
    case.given(format!("a = {}, b = {}", shown(a), shown(b)));
    let got = product(a, b);
    let shape = "the rows of a and the columns of b: [m, n]";
    case.equal("the shape", got.shape().to_vec(), vec![m, n], shape);
    let mut expectation =
        case.numbers("the product, row after row", &got.to_vec(), &expected.to_vec());
    if k > 0 {
        let straight = |x: &Array<f64>| {
            let start = x.storage().get(..x.size());
            start.map_or(x.clone(), |start| Array::new(start.to_vec(), x.shape()))
        };
        let last = a.slice(1, k - 1..k).matmul(&b.slice(0, k - 1..k));
        expectation = expectation
            .mistake(
                straight(a).matmul(&straight(b)).to_vec(),
                "the memory is read row after row: a turned or cut matrix does not lie so. \
                 `at` follows the strides",
            )
            .mistake(last.to_vec(), "only the last product of each sum is there: is `+=` an `=`?")
            .mistake(
                a.matmul(b).transpose(0, 1).to_vec(),
                "the right numbers, column after column: row i and column j go to i · n + j",
            );
        if k == n {
            expectation = expectation.mistake(
                a.matmul(&b.transpose(0, 1)).to_vec(),
                "rows of a times *rows* of b: the second factor is b at [l, j]",
            );
        }
        if [m, k] == [k, n] {
            let each = a.zip(b, "each", |x, y| x * y);
            expectation = expectation.mistake(
                each.to_vec(),
                "this is the product of each element with its counterpart: a matrix product \
                 sums over a row and a column",
            );
        }
    }
    expectation.verify();
}
