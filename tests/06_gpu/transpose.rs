//! What the versions of transpose.cu move is what the head of the file says.

use gradus::device::kernels;
use ptx_emulator::types::Type;
use ptx_emulator::{Counts, Machine, Program, Settings, Shape};

/// What a version counts on 64 × 64: four tiles, 128 requests each way.
fn counts(name: &str) -> Counts {
    let program = Program::parse(&kernels::TRANSPOSE.ptx).unwrap();
    let mut machine = Machine::new(Settings { statistics: true, ..Settings::default() });
    machine.load(&program).unwrap();
    let from = machine.buffer("in", Type::F32, &[0; 4 * 4096]);
    let to = machine.unwritten("out", Type::F32, 4096);
    let arguments = [from.into(), to.into(), 64u64.into(), 64u64.into()];
    let shape = Shape { grid: [4, 1, 1], block: [32, 8, 1], shared: 0 };
    let report = machine.launch(&program.kernels[name], shape, &arguments).unwrap();
    assert_eq!(report.findings, []);
    report.statistics.total
}

#[test]
fn a_tile_saves_sectors_and_padding_saves_bank_conflicts() {
    let versions = ["transpose_naive", "transpose_tiled", "transpose_padded"];
    let [naive, tiled, padded] = versions.map(counts);
    // Four sectors for a read along a row, 32 for a write down a column.
    assert_eq!(naive.global_sectors, 128 * (4 + 32));
    assert_eq!([tiled, padded].map(|counts| counts.global_sectors), [128 * 8; 2]);
    // 31 rounds too many for each of the 128 reads down a column of the tile.
    let conflicts = [naive, tiled, padded].map(|counts| counts.bank_conflicts());
    assert_eq!(conflicts, [0, 128 * 31, 0]);
}
