//! Checks sums into rows that occur once, twice and many times, or not at all. All numbers are
//! halves, so that no order of the additions rounds.

use crate::{Case, Check, Kernel, Kind, Shape};

/// What the reader writes.
pub struct Answer {
    /// `scatter_add(index, dy, dx, count, width)`.
    pub kernel: Kernel,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("each row once", |case| {
        scatter(answer, case, &[2, 0, 3, 1], (4, 5), (2, 64));
        scatter(answer, case, &[1], (3, 1), (2, 32));
    });
    check.case("one row twice", |case| {
        scatter(answer, case, &[1, 0, 1], (2, 33), (2, 64));
        scatter(answer, case, &[1, 1], (2, 1), (2, 64));
    });
    check.case("many into few", |case| {
        let index: Vec<u32> = (0..257).map(|i| i * i % 7).collect();
        scatter(answer, case, &index, (7, 3), (2, 64));
        scatter(answer, case, &[4; 100], (5, 2), (1, 32));
    });
    check.case("rows longer than a block", |case| {
        scatter(answer, case, &[13, 0, 19, 13], (20, 100), (3, 32));
    });
    check.case("nothing to add", |case| {
        scatter(answer, case, &[], (3, 4), (2, 64));
    });
}

/// Adds a row for each of `index` into a table of `rows` rows, by a grid of blocks and threads.
fn scatter(
    answer: &Answer,
    case: &mut Case,
    index: &[u32],
    (rows, width): (usize, usize),
    (blocks, threads): (u32, u32),
) {
    let shown: Vec<_> = index.iter().take(8).map(u32::to_string).collect();
    let more = if index.len() > 8 { ", …" } else { "" };
    let shown = format!("[{}{more}]", shown.join(", "));
    case.given(format!(
        "index {shown} of {}, {rows} rows of {width} in dx, a grid of {blocks} × {threads} threads",
        index.len()
    ));
    let dy: Vec<f32> =
        (0..index.len() * width).map(|i| (i % 11) as f32 * 0.5 + 1.0).collect();
    let before: Vec<f32> = (0..rows * width).map(|i| 100.0 + i as f32).collect();
    let mut expected = before.clone();
    // What mistakes would make of it.
    let [mut last, mut exchanged, mut narrow, mut repeated, mut once] =
        [0; 5].map(|_| before.clone());
    for (i, value) in dy.iter().enumerate() {
        let place = index[i / width] as usize * width + i % width;
        expected[place] += value;
        last[place] = *value;
        once[place] += if i < (blocks * threads) as usize { *value } else { 0.0 };
        repeated[place] += blocks as f32 * value;
        narrow[index[i / width] as usize + i % width] += value;
        let place = index[i % index.len()] as usize * width + i / index.len();
        exchanged[place] += value;
    }
    let race = "two threads add to one place at once, and one of the two numbers can be lost: \
                which operation reads, adds and writes in a single step?";
    let done = answer
        .kernel
        .launch("scatter_add", Shape::row(blocks, threads))
        .reads_whole("index", index)
        .reads("dy", &dy)
        .changes("dx", &before)
        .count(index.len())
        .count(width)
        .suggest(Kind::Race, race)
        .suggest(Kind::OutOfBounds, "the row is `i / width`, the column `i % width`")
        .run(case);
    let Some(done) = done else { return };
    let got = done.numbers("dx");
    let mistakes = [
        (last, "what was in `dx` before must stay in the sum"),
        (exchanged, "the row is `i / width`, the column `i % width`"),
        (
            once,
            "each thread goes on in steps of `threads_in_grid()`, until nothing is left",
        ),
        (narrow, "a row of `dx` has `width` numbers: row r begins at r * width"),
        (
            repeated,
            "each block has added everything: let all threads of the grid share it",
        ),
    ];
    let known = mistakes.iter().any(|(mistake, _)| *mistake == got);
    let untouched = got.iter().zip(&before).filter(|(got, before)| got == before).count();
    let wanted =
        expected.iter().zip(&before).filter(|(sum, before)| sum == before).count();
    if untouched > wanted && !known {
        let otherwise = "nothing was added to some places: do the threads share all \
                         `count * width` numbers?";
        let (wanted, got) = (wanted.to_string(), untouched.to_string());
        case.holds(
            false,
            "the places of dx that stay as they were",
            &wanted,
            got,
            otherwise,
        );
        return;
    }
    let compared = case.numbers("dx", &got, &expected);
    mistakes
        .into_iter()
        .fold(compared, |compared, (mistake, suggests)| {
            compared.mistake(mistake, suggests)
        })
        .verify();
}
