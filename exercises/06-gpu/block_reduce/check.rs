//! Checks the sums of rows that are shorter and longer than a warp and than the block, and
//! that the last bit is the same whatever order a GPU leaves open.

use crate::{Case, Check, Kernel, Kind, Shape};

/// What the reader writes.
pub struct Answer {
    /// `block_reduce(in, out, columns)`.
    pub kernel: Kernel,
}

const THREADS: u32 = 256;

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("three numbers", |case| {
        sums(answer, case, &[vec![1.0, 2.0, 4.0], vec![0.5, -1.0, 8.0]]);
        sums(answer, case, &[vec![]]);
    });
    check.case("longer than a warp", |case| {
        sums(answer, case, &[numbers(33), numbers(31)]);
        sums(answer, case, &[numbers(255)]);
    });
    check.case("longer than the block", |case| {
        sums(answer, case, &[numbers(257), numbers(256)]);
        sums(answer, case, &[numbers(1000)]);
    });
    check.case("the same bits every time", |case| {
        case.given("a row of 700 numbers, large and small, in eight runs");
        // A number in front of the point and many behind it: every order rounds its own way.
        let row: Vec<f32> =
            (0..700).map(|j| 1.0 / (1 + j) as f32 + (j % 7) as f32 * 1000.0).collect();
        let rows = std::slice::from_ref(&row);
        let runs: Vec<_> = (0..8).map_while(|seed| run(answer, case, rows, Some(seed))).collect();
        let Some(first) = runs.first() else { return };
        let bits = |run: &[f32]| format!("{} ({:#010x})", run[0], run[0].to_bits());
        if let Some(other) = runs.iter().find(|run| run[0].to_bits() != first[0].to_bits()) {
            let otherwise = "the order of atomic additions is another in every run: let the \
                             numbers of the threads fix it";
            let what = "the sum, where threads come in another order";
            case.holds(false, what, &bits(first), bits(other), otherwise);
        }
    });
}

/// Whole and half numbers, whose sums have no rounding.
fn numbers(columns: usize) -> Vec<f32> {
    (0..columns).map(|j| (j * 5 % 17) as f32 * 0.5 - 3.0).collect()
}

/// Runs the kernel, a block for each row; rows of unequal length are filled up with zeros.
fn run(
    answer: &Answer,
    case: &mut Case,
    rows: &[Vec<f32>],
    seed: Option<u64>,
) -> Option<Vec<f32>> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let padded = rows
        .iter()
        .flat_map(|row| row.iter().copied().chain(std::iter::repeat(0.0)).take(columns));
    let barrier =
        "a barrier stands where all threads of the block come, not inside the `if`";
    let launch = answer
        .kernel
        .launch("block_reduce", Shape::row(rows.len() as u32, THREADS))
        .reads("in", &padded.collect::<Vec<_>>())
        .writes("out", rows.len())
        .count(columns)
        .suggest(
            Kind::Race,
            "the first round must wait until all have written, and the next one until all \
             have added: is a `__syncthreads()` missing between the two?",
        )
        .suggest_in("out", Kind::Race, "each block has a place of its own, `out[blockIdx.x]`")
        .suggest_in(
            "out",
            Kind::Uninitialised,
            "`out` is only written, and by one thread of the block",
        )
        .unwritten("each block writes `out[blockIdx.x]`: a row without numbers has the sum 0")
        .suggest(Kind::DivergentBarrier, barrier)
        .suggest(Kind::Deadlock, barrier);
    let launch = match seed {
        Some(seed) => launch.any_order(seed),
        None => launch,
    };
    Some(launch.run(case)?.numbers("out"))
}

fn sums(answer: &Answer, case: &mut Case, rows: &[Vec<f32>]) {
    let lengths: Vec<_> = rows.iter().map(|row| row.len().to_string()).collect();
    case.given(format!("rows of {} numbers, a block for each", lengths.join(" and ")));
    let Some(got) = run(answer, case, rows, None) else { return };
    let sum = |row: &[f32]| row.iter().sum::<f32>();
    let expected: Vec<f32> = rows.iter().map(|row| sum(row)).collect();
    // What some of the threads have.
    let part = |threads: fn(usize) -> bool| -> Vec<f32> {
        let numbers = |row: &Vec<f32>| {
            let theirs = (0..row.len()).filter(|j| threads(j % THREADS as usize));
            theirs.map(|j| row[j]).sum()
        };
        rows.iter().map(numbers).collect()
    };
    case.numbers("the sums", &got, &expected)
        .mistake(part(|t| t == 0), "this is what thread 0 had from the beginning")
        .mistake(
            part(|t| t < 32),
            "this is the sum of the first 32 threads: the block has eight warps",
        )
        .mistake(
            part(|t| t % 2 == 0),
            "this is the sum of every other thread: in the last round, thread 0 adds what \
             lies one place further on",
        )
        .verify();
}
