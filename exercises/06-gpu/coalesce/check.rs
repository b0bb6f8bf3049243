//! Checks the products for matrices of many shapes, then counts the sectors that move.

use crate::{Case, Check, Done, Kernel, Shape};

/// What the reader writes.
pub struct Answer {
    /// `coalesce(x, scale, y, rows, columns)`.
    pub kernel: Kernel,
}

/// The sectors that may move for 64 × 128 numbers: 2 · 1024 for `x` and `y`, 1024 for `scale`
/// row by row, and some to spare.
const SECTORS: u64 = 3200;

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("a small matrix", |case| {
        multiply(answer, case, (2, 3), (2, 32));
        multiply(answer, case, (1, 1), (2, 32));
        multiply(answer, case, (5, 0), (2, 32));
    });
    check.case("more rows than blocks", |case| {
        multiply(answer, case, (9, 31), (2, 32));
        multiply(answer, case, (130, 2), (2, 32));
    });
    check.case("rows longer than the block", |case| {
        multiply(answer, case, (3, 257), (2, 32));
        multiply(answer, case, (2, 33), (1, 32));
    });
    check.case("few transactions", |case| {
        let Some(done) = multiply(answer, case, (64, 128), (4, 64)) else { return };
        let sectors = done.counts.global_sectors;
        // 32 numbers side by side are four sectors: with that, only the count is too large.
        let suggests = if sectors == 4 * done.counts.global_requests {
            "neighbours touch neighbours, but some products are made more than once: do the \
             blocks share the rows, and the threads the columns?"
        } else {
            "look at the threads of a warp in one step of the loop: do their addresses lie \
             side by side?"
        };
        case.holds(
            sectors <= SECTORS,
            "the sectors of 32 bytes that were read and written",
            &format!("at most {SECTORS}"),
            sectors.to_string(),
            suggests,
        );
    });
}

fn multiply(
    answer: &Answer,
    case: &mut Case,
    (rows, columns): (usize, usize),
    (blocks, threads): (u32, u32),
) -> Option<Done> {
    case.given(format!(
        "x of {rows} × {columns} numbers, a grid of {blocks} × {threads} threads"
    ));
    let x: Vec<f32> = (0..rows * columns).map(|i| (i % 13) as f32 - 4.0).collect();
    let scale: Vec<f32> = (0..columns).map(|j| 0.5 * j as f32 + 1.0).collect();
    let products: Vec<f32> =
        (0..rows * columns).map(|i| x[i] * scale[i % columns]).collect();
    let done = answer
        .kernel
        .launch("coalesce", Shape::row(blocks, threads))
        .reads("x", &x)
        .reads("scale", &scale)
        .writes("y", rows * columns)
        .count(rows)
        .count(columns)
        .unwritten(
            "each thread goes on in steps of `blockDim.x`, each block in steps of `gridDim.x`, \
             until nothing is left for it",
        )
        .run(case)?;
    let exchanged: Vec<f32> =
        (0..rows * columns).map(|i| x[i] * scale[i / rows]).collect();
    case.numbers("the products", &done.numbers("y"), &products)
        .mistake(
            exchanged,
            "the numbers lie row after row: row `i` begins at `i * columns`",
        )
        .verify();
    Some(done)
}
