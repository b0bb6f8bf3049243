//! transpose.cu: every number arrives at its place, to the bit, and in the versions with a tile
//! the traffic is what the head of the file says.

use crate::harness::*;
use gradus::device::{Arguments, Shape, kernels};
use gradus::tensor::Array;
use ptx_emulator::types::Type;
use ptx_emulator::{Counts, Machine, Program, Settings};

const VERSIONS: [&str; 3] = ["transpose_naive", "transpose_tiled", "transpose_padded"];
const BLOCK: [u32; 3] = [32, 8, 1];

#[test]
fn every_version_exchanges_rows_and_columns() {
    let sizes = [(0, 5), (5, 0), (1, 1), (1, 33), (31, 1), (32, 32), (33, 65), (70, 31)];
    everywhere(|gpu| {
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
                let shape = Shape { grid: [2, 1, 1], block: BLOCK, shared: 0 };
                launch(gpu, &kernels::TRANSPOSE, name, shape, arguments);
                let want: Array<f32> = from.transpose(0, 1);
                same(
                    &format!("{name} {rows} × {columns}"),
                    &back(gpu, &to),
                    &want.to_vec(),
                );
            }
        }
    });
}

/// What a version counts on 64 × 64: four tiles, 128 requests each way.
fn counts(name: &str) -> Counts {
    let program = Program::parse(&kernels::TRANSPOSE.ptx).unwrap();
    let mut machine = Machine::new(Settings { statistics: true, ..Settings::default() });
    machine.load(&program).unwrap();
    let bytes: Vec<u8> = numbers(4096, 0).iter().flat_map(|x| x.to_le_bytes()).collect();
    let from = machine.buffer("in", Type::F32, &bytes);
    let to = machine.unwritten("out", Type::F32, 4096);
    let arguments = [from.into(), to.into(), 64u64.into(), 64u64.into()];
    let shape = Shape { grid: [4, 1, 1], block: BLOCK, shared: 0 };
    let report = machine.launch(&program.kernels[name], shape, &arguments).unwrap();
    assert_eq!(report.findings, []);
    report.statistics.total
}

#[test]
fn a_tile_saves_sectors_and_padding_saves_bank_conflicts() {
    let [naive, tiled, padded] = VERSIONS.map(counts);
    // Four sectors for a read along a row, 32 for a write down a column.
    assert_eq!(naive.global_sectors, 128 * (4 + 32));
    assert_eq!([tiled, padded].map(|counts| counts.global_sectors), [128 * 8; 2]);
    // 31 rounds too many for each of the 128 reads down a column of the tile.
    let conflicts = [naive, tiled, padded].map(|counts| counts.bank_conflicts());
    assert_eq!(conflicts, [0, 128 * 31, 0]);
}
