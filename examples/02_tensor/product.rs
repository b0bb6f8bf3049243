//! The matrix product by its definition, in two orders of the loops, and the library's.

use crate::clock::{per, ratios, take_turns};
use gradus::report::Run;
use gradus::tensor::Array;
use std::hint::black_box;

// ANCHOR: orders
/// C = A B, one element of C after the other: the innermost loop runs down a column of B.
fn row_times_column(a: &[f32], b: &[f32], c: &mut [f32], n: usize) {
    for i in 0..n {
        for j in 0..n {
            for k in 0..n {
                c[i * n + j] += a[i * n + k] * b[k * n + j];
            }
        }
    }
}

/// The same with the two inner loops exchanged: the innermost runs along rows of B and C.
fn row_times_rows(a: &[f32], b: &[f32], c: &mut [f32], n: usize) {
    for i in 0..n {
        for k in 0..n {
            for j in 0..n {
                c[i * n + j] += a[i * n + k] * b[k * n + j];
            }
        }
    }
}
// ANCHOR_END: orders

pub fn compare(run: &mut Run, quick: bool, rounds: usize) {
    let sizes: &[usize] = if quick { &[64, 128] } else { &[64, 256, 512, 1024] };
    let mut rows = Vec::new();
    for &n in sizes {
        let a = Array::from_fn(&[n, n], |k| (k % 7) as f32);
        let b = Array::from_fn(&[n, n], |k| (k % 5) as f32);
        let (left, right) = (a.storage(), b.storage());
        let (mut c, mut d) = (vec![0.0; n * n], vec![0.0; n * n]);
        let rounds = if n > 512 { rounds.min(5) } else { rounds };
        let [columns, along, library] = take_turns(
            rounds,
            [
                &mut || {
                    c.fill(0.0);
                    row_times_column(black_box(left), right, &mut c, n);
                },
                &mut || {
                    d.fill(0.0);
                    row_times_rows(black_box(left), right, &mut d, n);
                },
                &mut || _ = black_box(black_box(&a).matmul(&b)),
            ],
        );
        // The numbers are whole and small: no order rounds.
        assert!(c == d && c == a.matmul(&b).to_vec(), "three products and one answer");
        run.timings(&format!("product.ratio.{n}"), &ratios(&columns, &along), 1.0, 1);
        run.timings(&format!("product.library.{n}"), &ratios(&along, &library), 1.0, 1);
        let mut row = vec![format!("{n} × {n}")];
        for (name, times) in [("ijk", columns), ("ikj", along), ("gemm", library)] {
            let times = per(&times, n * n * n);
            row.push(run.timings(&format!("product.{name}.{n}"), &times, 1e-9, 3));
        }
        rows.push(row);
    }
    let columns = ["f32 matrices", "i, j, k: ns", "i, k, j: ns", "library: ns"];
    let caption = "The product of two square matrices: time for each multiplication and \
                   addition, median over the rounds, and the least and the most";
    run.table("product", caption, &columns, &rows);
}
