//! Checks sums over grids that are too large, too small and just right, and how often and
//! in which order memory is asked for.

use crate::{Case, Check, Done, Kernel, Kind, Shape};

/// What the reader writes.
pub struct Answer {
    /// `grid_stride_add(a, b, sum, count)`.
    pub kernel: Kernel,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("as many elements as threads", |case| {
        let numbered =
            "thread t begins at element t, and a thread's number counts the threads of the \
             blocks before its own";
        add(answer, case, 64, (2, 32), numbered);
    });
    check.case("more threads than elements", |case| {
        for count in [33, 31, 1] {
            let all = "the thread whose number is i adds element i, as long as i is below `count`";
            add(answer, case, count, (2, 32), all);
        }
    });
    check.case("no elements", |case| {
        add(answer, case, 0, (2, 32), "");
    });
    check.case("more elements than threads", |case| {
        let steps = "each thread goes on in steps, until no element is left for it";
        add(answer, case, 257, (3, 32), steps);
        add(answer, case, 1000, (2, 96), steps);
    });
    check.case("each element once", |case| {
        // Nine and 30 warps of elements, with two reads and a write for each.
        for (count, grid, warps) in [(257, (3, 32), 9), (960, (2, 96), 30)] {
            let Some(done) = add(answer, case, count, grid, "") else { return };
            let (expected, got) = (3 * warps, done.counts.global_requests);
            case.holds(
                got <= expected,
                "the accesses to memory, counted for each warp",
                &expected.to_string(),
                got.to_string(),
                "an element takes two reads and a write, once: the step is the number of \
                 threads in the whole grid",
            );
        }
    });
    check.case("neighbours side by side", |case| {
        // Three arrays of 256 elements, 8 to a sector of 32 bytes.
        if let Some(done) = add(answer, case, 256, (2, 32), "") {
            case.holds(
                done.counts.global_sectors <= 96,
                "the sectors of 32 bytes that were fetched and written",
                "96",
                done.counts.global_sectors.to_string(),
                "in each round the threads of a warp should touch neighbours: thread t of T \
                 takes t, t + T, t + 2T",
            );
        }
    });
}

/// Adds `count` elements with a grid of blocks and threads. `unwritten` is what an element
/// without a sum suggests.
fn add(
    answer: &Answer,
    case: &mut Case,
    count: usize,
    (blocks, threads): (u32, u32),
    unwritten: &'static str,
) -> Option<Done> {
    case.given(format!("count = {count}, a grid of {blocks} × {threads} threads"));
    let a: Vec<f32> = (0..count).map(|i| 0.5 * i as f32 + 1.0).collect();
    let b: Vec<f32> = (0..count).map(|i| (i * i % 37) as f32 - 18.0).collect();
    let sums: Vec<f32> = a.iter().zip(&b).map(|(a, b)| a + b).collect();
    let done = answer
        .kernel
        .launch("grid_stride_add", Shape::row(blocks, threads))
        .reads("a", &a)
        .reads("b", &b)
        .writes("sum", count)
        .count(count)
        .suggest(Kind::OutOfBounds, "is `i < count` checked before this access?")
        .suggest_in("sum", Kind::Uninitialised, "`sum` is only written: `=`, not `+=`")
        .unwritten(unwritten)
        .run(case)?;
    case.numbers("the sums", &done.numbers("sum"), &sums).verify();
    Some(done)
}
