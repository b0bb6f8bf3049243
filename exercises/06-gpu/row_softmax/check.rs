//! Checks the softmax of rows that are shorter and longer than the block, of more rows than
//! blocks, and of numbers whose exponential overflows.

use crate::{Case, Check, Done, Kernel, Kind, Shape};

/// What the reader writes.
pub struct Answer {
    /// `row_softmax(x, y, rows, columns)`.
    pub kernel: Kernel,
}

const ONE: &str = "the shares of a row add up to 1: all exponentials must take off the same \
    number, and `sum` must be that of all threads";
const SAME: &str = "every thread must take off the same number: put together what the threads \
    found before it is used";
const WARPS: &str = "more than one warp works on a row: `block_fold` puts together all of them, \
    `warp_fold` only 32 threads";
const STEPS: &str =
    "each thread goes on in steps of `blockDim.x`, until no column is left for it";

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("three numbers", |case| {
        softmax(answer, case, &[vec![0.0, 0.0, 0.0]], (1, 32), "");
        let rows = [vec![1.0, 2.0, 4.0], vec![-1.0, 0.5, 0.0]];
        softmax(answer, case, &rows, (2, 32), "");
        softmax(answer, case, &[vec![7.0]], (1, 32), "");
    });
    check.case("longer than a warp", |case| {
        softmax(answer, case, &[numbers(33, 0), numbers(33, 5)], (2, 64), WARPS);
        softmax(answer, case, &[numbers(128, 2)], (1, 128), WARPS);
    });
    check.case("more rows than blocks", |case| {
        // The second row of a block lies far below its first: what is left of that one would
        // do harm. All exponentials are floats.
        let height = |row: usize| if row < 2 { 70.0 } else { -70.0 };
        let row = |row| numbers(40, row).iter().map(|x| x + height(row)).collect();
        let anew = "each row begins anew, and so do `largest` and `sum`: is their first value \
                    inside the loop over the rows?";
        softmax(answer, case, &(0..5).map(row).collect::<Vec<_>>(), (2, 64), anew);
    });
    check.case("5,000 columns", |case| {
        softmax(answer, case, &[numbers(5000, 1), numbers(5000, 8)], (2, 128), STEPS);
    });
    check.case("large numbers", |case| {
        let overflows =
            "e^1000 is no float: subtract the largest number of the row first";
        softmax(answer, case, &[vec![1000.0, 999.0, 998.0]], (1, 32), overflows);
        let below =
            "the largest number can be far below 0: a maximum begins with -INFINITE";
        softmax(answer, case, &[vec![-1000.0, -999.0, -1001.0]], (1, 32), below);
        let [mut late, mut early] = [numbers(100, 1), numbers(100, 2)];
        (late[70], early[0]) = (1000.0, 1000.0);
        softmax(answer, case, &[late, early], (2, 32), overflows);
    });
    check.case("each column for one thread", |case| {
        // Eight warps of columns, each read and written at most six times in all.
        let done = softmax(answer, case, &[numbers(256, 4)], (1, 128), "");
        let Some(accesses) = done.map(|done| done.counts.global_requests) else { return };
        case.holds(
            accesses <= 48,
            "the accesses to memory, counted for each warp",
            "at most 48",
            accesses.to_string(),
            "the threads share the columns: does each column fall to one thread only?",
        );
    });
}

/// A row with a few numbers that stand out, so that every share counts.
fn numbers(columns: usize, seed: usize) -> Vec<f32> {
    (0..columns).map(|j| ((j * 7 + seed * 3) % 23) as f32 * 0.25 - 3.0).collect()
}

/// The softmax of `rows` by a grid of blocks and threads.
fn softmax(
    answer: &Answer,
    case: &mut Case,
    rows: &[Vec<f32>],
    (blocks, threads): (u32, u32),
    otherwise: &'static str,
) -> Option<Done> {
    let columns = rows[0].len();
    case.given(format!(
        "x of {} × {columns} numbers, a grid of {blocks} × {threads} threads",
        rows.len()
    ));
    let together = "all threads of the block must call `block_fold`: it stands after the \
                    loop, not inside";
    let done = answer
        .kernel
        .launch("row_softmax", Shape::row(blocks, threads))
        .reads("x", &rows.concat())
        .writes("y", rows.len() * columns)
        .count(rows.len())
        .count(columns)
        .unwritten(if columns > threads as usize { STEPS } else { "" })
        .suggest(Kind::WarpMask, together)
        .suggest(Kind::DivergentBarrier, together)
        .suggest(Kind::Deadlock, together)
        .run(case)?;
    let expected: Vec<f64> = rows.iter().flat_map(|row| reference(row)).collect();
    let got = done.numbers("y");
    // A share of 1/5000 counts as much as one of 1/3.
    let scale = columns as f64;
    let wrong = got.iter().zip(&expected).position(|(got, expected)| {
        let error = scale * (f64::from(*got) - expected).abs();
        error.is_nan() || error > 1e-5 * (1.0 + scale * expected)
    });
    if let Some(at) = wrong {
        let what = format!("y, row {}, column {}", at / columns, at % columns);
        let row = &got[at / columns * columns..][..columns];
        let suggests = if otherwise.is_empty() { guess(row) } else { otherwise };
        let (expected, got) = (expected[at].to_string(), got[at].to_string());
        case.holds(false, &what, &expected, got, suggests);
    }
    Some(done)
}

/// What a wrong row suggests, when its case has nothing to say.
fn guess(row: &[f32]) -> &'static str {
    let one = (row.iter().sum::<f32>() - 1.0).abs() < 1e-4;
    match one {
        false => ONE,
        true if row.iter().all(|share| *share == row[0]) => SAME,
        true => "",
    }
}

fn reference(row: &[f32]) -> Vec<f64> {
    let largest = row.iter().fold(f32::NEG_INFINITY, |m, x| m.max(*x));
    let shares = row.iter().map(|x| f64::from(x - largest).exp());
    let sum: f64 = shares.clone().sum();
    shares.map(|share| share / sum).collect()
}
