//! Three transposes: what they move, and what the banks of shared memory make of a column.

use crate::lab::Lab;
use gradus::device::kernels;
use gradus::report::Run;
use ptx_emulator::Shape;
use ptx_emulator::types::Type;

const SIZE: usize = 64;

pub fn measure(run: &mut Run) {
    let numbers: Vec<f32> = (0..SIZE * SIZE).map(|i| i as f32).collect();
    let mut rows = Vec::new();
    for version in ["naive", "tiled", "padded"] {
        let mut lab = Lab::new(&kernels::TRANSPOSE.ptx, None);
        let from = lab.floats("in", &numbers);
        let to = lab.room("out", Type::F32, SIZE * SIZE);
        let size = SIZE as u64;
        let arguments = [from.into(), to.into(), size.into(), size.into()];
        let shape = Shape { grid: [4, 1, 1], block: [32, 8, 1], shared: 0 };
        let counts = lab.counts(&format!("transpose_{version}"), shape, &arguments);
        let turned = lab.numbers(to);
        assert!(
            (0..SIZE * SIZE).all(|i| turned[i] == numbers[i % SIZE * SIZE + i / SIZE])
        );
        rows.push(vec![
            version.to_string(),
            counts.global_sectors.to_string(),
            counts.global_sectors_ideal.to_string(),
            counts.shared_wavefronts.to_string(),
            counts.bank_conflicts().to_string(),
            counts.instructions.to_string(),
        ]);
        run.number(
            &format!("transpose.{version}.sectors"),
            counts.global_sectors as f64,
            0,
        );
        run.number(
            &format!("transpose.{version}.conflicts"),
            counts.bank_conflicts() as f64,
            0,
        );
    }
    run.table(
        "transpose",
        "A matrix of 64 × 64, transposed",
        &["version", "sectors", "fewest", "shared rounds", "conflicts", "instructions"],
        &rows,
    );
}
