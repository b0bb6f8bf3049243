//! How much memory a warp's read moves, against how far apart its lanes read.

use crate::lab::{Lab, STEPS};
use gradus::report::{Figure, Run};
use ptx_emulator::types::Type;
use ptx_emulator::{Counts, Shape};

/// One warp reads 32 numbers, `step` apart.
fn read(step: u32, offset: u32) -> Counts {
    let mut lab = Lab::new(STEPS, None);
    let numbers = vec![0.0; (offset + 31 * step + 1) as usize];
    let from = lab.floats("in", &numbers);
    let to = lab.room("out", Type::F32, 32);
    let arguments = [from.into(), to.into(), step.into(), offset.into()];
    lab.counts("read_with_step", Shape::row(1, 32), &arguments)
}

/// The sectors of the read alone: the write beside it always takes four.
fn sectors(step: u32, offset: u32) -> u64 {
    read(step, offset).global_sectors - 4
}

pub fn measure(run: &mut Run) {
    let steps = [0, 1, 2, 3, 4, 8, 16, 32];
    let mut rows = Vec::new();
    for step in steps {
        let found = sectors(step, 0);
        let wanted = if step == 0 { 4 } else { 128 };
        run.number(&format!("coalescing.{step}"), found as f64, 0);
        rows.push(vec![
            step.to_string(),
            found.to_string(),
            (32 * found).to_string(),
            format!("{:.1}", 100.0 * f64::from(wanted) / (32 * found) as f64),
        ]);
    }
    run.table(
        "coalescing",
        "32 lanes read one number each, so many numbers apart",
        &["step", "sectors", "bytes moved", "of them used, %"],
        &rows,
    );
    run.number("coalescing.offset", sectors(1, 1) as f64, 0);
    let points: Vec<(f64, f64)> =
        (1..=20).map(|step| (f64::from(step), sectors(step, 0) as f64)).collect();
    run.figure(
        "coalescing",
        Figure::new("Sectors for one read of a warp")
            .x("step from lane to lane, in numbers of 4 bytes")
            .y("sectors of 32 bytes")
            .line("counted", &points),
    );
    stretches(run);
}

/// The same sum with neighbours for neighbours, and with a stretch for each thread.
fn stretches(run: &mut Run) {
    const COUNT: usize = 4096;
    let kernels = [("add", "side by side"), ("add_in_stretches", "a stretch each")];
    let mut rows = Vec::new();
    let mut moved = Vec::new();
    for (kernel, words) in kernels {
        let mut lab = Lab::new(STEPS, None);
        let numbers = lab.floats("a", &[1.0; COUNT]);
        let out = lab.room("out", Type::F32, COUNT);
        let arguments =
            [numbers.into(), numbers.into(), out.into(), (COUNT as u64).into()];
        let counts = lab.counts(kernel, Shape::row(2, 128), &arguments);
        rows.push(vec![
            words.to_string(),
            counts.global_requests.to_string(),
            counts.global_sectors.to_string(),
            format!(
                "{:.1}",
                counts.global_sectors as f64 / counts.global_requests as f64
            ),
        ]);
        moved.push(counts.global_sectors as f64);
    }
    run.table(
        "stretches",
        "Adding 4,096 numbers to 4,096 others, with 256 threads",
        &["each thread takes", "requests", "sectors", "sectors for a request"],
        &rows,
    );
    run.number("stretches.ratio", moved[1] / moved[0], 0);
}
