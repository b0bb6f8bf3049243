//! The same elements added up row after row, and column after column.

use crate::clock::{memory, per, ratios, take_turns};
use gradus::report::{Figure, Run, median};
use std::hint::black_box;

// ANCHOR: loops
/// The sum of an n × n matrix that lies row after row: the last index runs fastest.
fn by_rows(matrix: &[f32], n: usize) -> f32 {
    let mut sum = 0.0;
    for i in 0..n {
        for j in 0..n {
            sum += matrix[i * n + j];
        }
    }
    sum
}

/// The same with the two loops exchanged.
fn by_columns(matrix: &[f32], n: usize) -> f32 {
    let mut sum = 0.0;
    for j in 0..n {
        for i in 0..n {
            sum += matrix[i * n + j];
        }
    }
    sum
}
// ANCHOR_END: loops

pub fn compare(run: &mut Run, quick: bool, rounds: usize) {
    let sizes: &[usize] =
        if quick { &[64, 1024] } else { &[64, 128, 256, 512, 1024, 2048, 4096, 4112] };
    let (mut rows, mut points) = (Vec::new(), [vec![], vec![]]);
    for &n in sizes {
        let matrix: Vec<f32> = (0..n * n).map(|k| (k % 7) as f32).collect();
        let [a, b] = take_turns(
            rounds,
            [&mut || _ = black_box(by_rows(black_box(&matrix), n)), &mut || {
                _ = black_box(by_columns(black_box(&matrix), n))
            }],
        );
        let (a, b) = (per(&a, n * n), per(&b, n * n));
        for (points, times) in points.iter_mut().zip([&a, &b]) {
            if n != 4112 {
                points.push((n as f64, median(times) * 1e9));
            }
        }
        rows.push(vec![
            format!("{n} × {n}"),
            memory(4 * n * n),
            run.timings(&format!("traversal.rows.{n}"), &a, 1e-9, 2),
            run.timings(&format!("traversal.columns.{n}"), &b, 1e-9, 2),
        ]);
        run.timings(&format!("traversal.ratio.{n}"), &ratios(&b, &a), 1.0, 1);
    }
    let columns = ["f32 matrix", "memory", "by rows, ns", "by columns, ns"];
    let caption = "Adding up a matrix that lies row after row: time for each element, median \
                   over the rounds, and the least and the most";
    run.table("traversal", caption, &columns, &rows);
    let [a, b] = points;
    let figure = Figure::new("The same sum, in two orders")
        .x_log("rows and columns")
        .y_log("ns per element")
        .line("by rows", &a)
        .line("by columns", &b);
    run.figure("traversal", figure);
}
