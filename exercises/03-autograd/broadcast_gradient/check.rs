//! Checks the sum over copies for rows, columns, both, neither, and none at all.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// The gradient of a table that was broadcast.
    pub broadcast_gradient: fn(dy: &[Vec<f64>], shape: [usize; 2]) -> Vec<Vec<f64>>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let dy = vec![vec![1.0, 2.0, 3.0], vec![10.0, 20.0, 30.0]];
    let given = |dy: &[Vec<f64>], shape: [usize; 2]| {
        format!("broadcast_gradient({dy:?}, {shape:?})")
    };
    let unreduced = "this has the shape of the result: the gradient of a table has the \
                     shape of the table, so its copies must be added up";
    check.case("nothing was repeated", |case| {
        case.given(given(&dy, [2, 3]));
        let got = (answer.broadcast_gradient)(&dy, [2, 3]);
        case.numbers("the gradient", &got, &dy)
            .mistake(vec![vec![66.0; 3]; 2], "nothing was repeated: nothing is summed")
            .verify();
    });
    check.case("one row for all", |case| {
        case.given(given(&dy, [1, 3]));
        let got = (answer.broadcast_gradient)(&dy, [1, 3]);
        case.numbers("the gradient", &got, &vec![vec![11.0, 22.0, 33.0]])
            .mistake(dy.clone(), unreduced)
            .mistake(
                vec![vec![5.5, 11.0, 16.5]],
                "a mean: the copies all count, so their gradients are added",
            )
            .mistake(
                vec![vec![1.0, 2.0, 3.0]],
                "only the first copy counts here; all of them should",
            )
            .mistake(
                vec![vec![10.0, 20.0, 30.0]],
                "only the last copy counts here: is something overwritten?",
            )
            .mistake(
                vec![vec![6.0], vec![60.0]],
                "summed along the other axis: the table has one row, so the rows are \
                 added up",
            )
            .verify();
    });
    check.case("one column for all", |case| {
        case.given(given(&dy, [2, 1]));
        let got = (answer.broadcast_gradient)(&dy, [2, 1]);
        case.numbers("the gradient", &got, &vec![vec![6.0], vec![60.0]])
            .mistake(dy.clone(), unreduced)
            .mistake(
                vec![vec![6.0, 60.0]],
                "the right sums under the wrong shape: one column stays one column",
            )
            .mistake(
                vec![vec![1.0], vec![10.0]],
                "only the first copy counts here; all of them should",
            )
            .mistake(
                vec![vec![11.0, 22.0, 33.0]],
                "summed along the other axis: the table has one column, so the columns \
                 are added up",
            )
            .verify();
    });
    check.case("one number for all", |case| {
        case.given(given(&dy, [1, 1]));
        let got = (answer.broadcast_gradient)(&dy, [1, 1]);
        let half = "both axes were repeated, and only one of them is summed";
        case.numbers("the gradient", &got, &vec![vec![66.0]])
            .mistake(vec![vec![6.0]], half)
            .mistake(vec![vec![11.0]], half)
            .mistake(vec![vec![11.0, 22.0, 33.0]], half)
            .mistake(vec![vec![6.0], vec![60.0]], half)
            .mistake(dy.clone(), unreduced)
            .verify();
    });
    check.case("an axis that is 1 in both", |case| {
        let (row, column) = (vec![vec![4.0, -5.0, 6.0]], vec![vec![7.0], vec![-9.0]]);
        for (dy, shape, expected) in [
            (&row, [1, 3], row.clone()),
            (&row, [1, 1], vec![vec![5.0]]),
            (&column, [2, 1], column.clone()),
            (&column, [1, 1], vec![vec![-2.0]]),
        ] {
            case.given(given(dy, shape));
            let got = (answer.broadcast_gradient)(dy, shape);
            case.numbers("the gradient", &got, &expected).verify();
        }
    });
    check.case("a larger table", |case| {
        let number = |i: usize, j: usize| ((7 * i + 3 * j) % 11) as f64 / 10.0 - 0.45;
        let dy: Vec<Vec<f64>> =
            (0..7).map(|i| (0..5).map(|j| number(i, j)).collect()).collect();
        let rows: Vec<f64> = dy.iter().map(|row| row.iter().sum()).collect();
        let columns: Vec<f64> =
            (0..5).map(|j| dy.iter().map(|row| row[j]).sum()).collect();
        for (shape, expected) in [
            ([7, 5], dy.clone()),
            ([7, 1], rows.iter().map(|sum| vec![*sum]).collect()),
            ([1, 5], vec![columns.clone()]),
            ([1, 1], vec![vec![columns.iter().sum()]]),
        ] {
            case.given(format!("dy of 7 rows and 5 columns, shape {shape:?}"));
            let got = (answer.broadcast_gradient)(&dy, shape);
            case.numbers("the gradient", &got, &expected).verify();
        }
    });
    check.case("no rows, no columns", |case| {
        let none: Vec<Vec<f64>> = vec![];
        let empty: Vec<Vec<f64>> = vec![vec![], vec![]];
        for (dy, shape, expected) in [
            (&none, [1, 2], vec![vec![0.0, 0.0]]),
            (&none, [1, 1], vec![vec![0.0]]),
            (&none, [0, 2], vec![]),
            (&empty, [2, 1], vec![vec![0.0], vec![0.0]]),
            (&empty, [2, 0], empty.clone()),
            (&empty, [1, 0], vec![vec![]]),
        ] {
            case.given(given(dy, shape));
            let got = (answer.broadcast_gradient)(dy, shape);
            case.equal(
                "the gradient",
                got,
                expected,
                "what was used for nothing does not move the loss: zeros, in the shape \
                 of the table",
            );
        }
    });
}
