//! transpose.cu: every number arrives at its place, to the bit. (What each version moves is held
//! by `tests/06_gpu/transpose.rs`.)

use super::harness::*;
use gradus::device::{Arguments, Gpu, Shape, kernels};

const VERSIONS: [&str; 3] = ["transpose_naive", "transpose_tiled", "transpose_padded"];

pub fn every_version_exchanges_rows_and_columns(gpu: &Gpu) {
    let sizes =
        [(0, 5), (5, 0), (1, 1), (1, 33), (31, 1), (32, 32), (33, 65), (70, 31)];
    for name in VERSIONS {
        for (rows, columns) in sizes {
            let from = array(&[rows, columns], 3);
            let (memory, to) =
                (on(gpu, from.storage()), room::<f32>(gpu, rows * columns));
            let arguments = Arguments::new()
                .memory("in", &memory)
                .memory("out", &to)
                .count(rows)
                .count(columns);
            // Two blocks: with more tiles the loop over the grid goes round.
            let shape = Shape { grid: [2, 1, 1], block: [32, 8, 1], shared: 0 };
            launch(gpu, &kernels::TRANSPOSE, name, shape, arguments);
            let want = from.transpose(0, 1).to_vec();
            same(&format!("{name} {rows} × {columns}"), &back(gpu, &to), &want);
        }
    }
}
