//! Checks transposed matrices of whole and of cut-off tiles, and counts sectors of memory and
//! bank conflicts.

use crate::{Case, Check, Done, Kernel, Kind, Shape};

/// What the reader writes.
pub struct Answer {
    /// `transpose_tiled(in, out, rows, columns)`.
    pub kernel: Kernel,
}

const FOUR: &str = "each thread takes 4 rows of the tile, 8 apart";
const TURNED: &str = "`out` has `columns` rows of `rows` numbers: its bounds are not those of \
    `in`, and its tiles have changed places";
const WRITING: &str =
    "in writing, the row must be below `columns` and the column below `rows`";
const EDGES: &str = "a tile that is cut off on the right in `in` is cut off at the bottom in \
    `out`: a thread without a number to read can have one to write";

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("one tile", |case| _ = transpose(answer, case, 32, 32));
    check.case("several tiles", |case| _ = transpose(answer, case, 64, 96));
    check.case("tiles that are cut off", |case| {
        for (rows, columns) in [(33, 31), (1, 70), (40, 1), (65, 33)] {
            transpose(answer, case, rows, columns);
        }
    });
    check.case("neighbours side by side", |case| {
        let Some(done) = transpose(answer, case, 64, 64) else { return };
        // 4096 numbers are read and written, 8 to a sector.
        let sectors = done.counts.global_sectors;
        case.holds(
            sectors <= 1024,
            "the sectors of 32 bytes that were read and written",
            "1024",
            sectors.to_string(),
            "both reading and writing should touch neighbours: the crossing belongs into \
             shared memory",
        );
    });
    check.case("no bank conflicts", |case| {
        let Some(done) = transpose(answer, case, 64, 64) else { return };
        let conflicts = done.counts.bank_conflicts();
        case.holds(
            conflicts == 0,
            "the rounds of shared memory that bank conflicts cost",
            "0",
            conflicts.to_string(),
            "the numbers of a column lie in one bank: a tile that is one number wider moves \
             each row on by one bank",
        );
    });
}

fn transpose(
    answer: &Answer,
    case: &mut Case,
    rows: usize,
    columns: usize,
) -> Option<Done> {
    case.given(format!("a matrix of {rows} × {columns} numbers"));
    let tiles = |length: usize| length.div_ceil(32) as u32;
    let grid = [tiles(columns), tiles(rows), 1];
    let cut_off = rows % 32 + columns % 32 > 0;
    let beyond = "the last tiles reach beyond the matrix: row and column must be checked, both \
                  in reading and in writing";
    let numbers: Vec<f32> = (0..rows * columns).map(|i| i as f32).collect();
    let done = answer
        .kernel
        .launch("transpose_tiled", Shape { grid, block: [32, 8, 1], shared: 0 })
        .reads("in", &numbers)
        .writes("out", rows * columns)
        .count(rows)
        .count(columns)
        .suggest_in("in", Kind::OutOfBounds, beyond)
        .suggest_in("out", Kind::OutOfBounds, if cut_off { beyond } else { TURNED })
        .suggest_in("out", Kind::Race, if cut_off { WRITING } else { TURNED })
        .suggest(Kind::Uninitialised, if cut_off { WRITING } else { FOUR })
        .unwritten(match (cut_off, grid) {
            (true, _) => EDGES,
            (false, [1, 1, 1]) => FOUR,
            (false, _) => TURNED,
        })
        .run(case)?;
    let out = done.numbers("out");
    let expected = |i: usize| numbers[i % rows * columns + i / rows];
    if let Some(at) = (0..out.len()).find(|i| out[*i] != expected(*i)) {
        let (row, column) = (at / rows, at % rows);
        let found = out[at] as usize;
        let suggests = if (found / columns / 32, found % columns / 32)
            == (column / 32, row / 32)
        {
            "the right tile, and another place in it: the tile itself must be turned, too"
        } else {
            "this belongs to another tile: the tile in column x and row y of `in` goes to \
             column y and row x of `out`"
        };
        let got = format!("in[{}, {}]", found / columns, found % columns);
        let what = format!("out[{row}, {column}]");
        case.holds(false, &what, &format!("in[{column}, {row}]"), got, suggests);
    }
    Some(done)
}
