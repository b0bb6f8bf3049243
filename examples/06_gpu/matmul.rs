//! Three matrix products of the library, each with more of its numbers kept near.

use crate::lab::Lab;
use gradus::device::{Source, kernels};
use gradus::report::Run;
use ptx_emulator::types::Type;
use ptx_emulator::{Argument, Counts, Shape};

/// How far it is from row to row, column to column and matrix to matrix of a square matrix.
fn steps(size: usize) -> Argument {
    let steps = [size as u64, 1, (size * size) as u64];
    Argument::Bytes(steps.iter().flat_map(|step| step.to_le_bytes()).collect())
}

fn product(source: &Source, kernel: &str, shape: Shape, size: usize) -> Counts {
    let mut lab = Lab::new(&source.ptx, None);
    let ones = vec![1.0; size * size];
    let (a, b) = (lab.floats("a", &ones), lab.floats("b", &ones));
    let c = lab.room("c", Type::F32, size * size);
    let n = size as u64;
    let arguments = [
        a.into(),
        steps(size),
        b.into(),
        steps(size),
        c.into(),
        n.into(),
        n.into(),
        n.into(),
    ];
    let counts = lab.counts(kernel, shape, &arguments);
    assert!(lab.numbers(c).iter().all(|sum| *sum == size as f32));
    counts
}

pub fn measure(run: &mut Run, size: usize) {
    let tiles = size as u32 / 16;
    let small = Shape { grid: [tiles, tiles, 1], block: [16, 16, 1], shared: 0 };
    let large = Shape { grid: [tiles / 4, tiles / 4, 1], block: [256, 1, 1], shared: 0 };
    let versions = [
        (&kernels::MATMUL_V1_NAIVE, "matmul_v1_naive", small),
        (&kernels::MATMUL_V2_TILED, "matmul_v2_tiled", small),
        (&kernels::MATMUL_V3_REGISTER_TILE, "matmul_v3_register_tile", large),
    ];
    let products = (size * size * size) as f64;
    let mut rows = Vec::new();
    for (source, kernel, shape) in versions {
        let counts = product(source, kernel, shape, size);
        // An instruction of a warp stands for up to 32 products.
        let warp_products = products / 32.0;
        let version = &kernel[..kernel.len().min("matmul_v1".len())];
        let instructions = counts.instructions as f64 / warp_products;
        rows.push(vec![
            version.to_string(),
            counts.global_sectors.to_string(),
            counts.shared_wavefronts.to_string(),
            counts.bank_conflicts().to_string(),
            format!("{instructions:.1}"),
        ]);
        run.number(&format!("{version}.sectors"), counts.global_sectors as f64, 0);
        run.number(&format!("{version}.instructions"), instructions, 1);
    }
    run.table(
        "matmul",
        &format!("The product of two matrices of {size} × {size}"),
        &["version", "sectors", "shared rounds", "conflicts", "instructions each"],
        &rows,
    );
}
