//! A transpose as a view, the same work on a matrix and on its transpose, and a transpose
//! that is copied into order.

use crate::clock::{per, ratios, take_turns};
use gradus::report::Run;
use gradus::tensor::Array;
use std::hint::black_box;

pub fn compare(run: &mut Run, quick: bool, rounds: usize) {
    let sizes: &[usize] = if quick { &[64, 256] } else { &[64, 256, 1024, 4096] };
    let mut rows = Vec::new();
    for &n in sizes {
        let matrix = Array::from_fn(&[n, n], |k| (k % 7) as f32);
        let turned = matrix.transpose(0, 1);
        // ANCHOR: rivals
        let [view, straight, across, copy] = take_turns(
            rounds,
            [
                &mut || _ = black_box(black_box(&matrix).transpose(0, 1)),
                &mut || _ = black_box(black_box(&matrix).map(|x| -x)),
                &mut || _ = black_box(black_box(&turned).map(|x| -x)),
                &mut || _ = black_box(black_box(&turned).contiguous()),
            ],
        );
        // ANCHOR_END: rivals
        let each = |times: &[f64]| per(times, n * n);
        rows.push(vec![
            format!("{n} × {n}"),
            run.timings(&format!("transpose.view.{n}"), &view, 1e-9, 0),
            run.timings(&format!("transpose.straight.{n}"), &each(&straight), 1e-9, 2),
            run.timings(&format!("transpose.across.{n}"), &each(&across), 1e-9, 2),
            run.timings(&format!("transpose.copy.{n}"), &each(&copy), 1e-9, 2),
        ]);
        let ratio = ratios(&across, &straight);
        run.timings(&format!("transpose.ratio.{n}"), &ratio, 1.0, 1);
    }
    let columns =
        ["f32 matrix", "view, ns in all", "−x, ns", "−x of the view, ns", "copy, ns"];
    let caption = "What a transpose costs: making the view, as a whole; then, for each \
                   element, −x of the matrix, −x of the view, and copying the view into \
                   order. Median over the rounds, and the least and the most";
    run.table("transpose", caption, &columns, &rows);
}
