//! Lane-instructions per second: instructions, counted for each thread that executes them, by
//! kernel and by what is checked. `cargo bench -p ptx-emulator`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ptx_emulator::types::Type;
use ptx_emulator::{Argument, Checks, Machine, Program, Settings, Shape};
use std::time::Duration;

/// A kernel at work.
struct Work {
    name: &'static str,
    program: Program,
    shape: Shape,
    /// Elements of each buffer, and then the numbers.
    buffers: Vec<usize>,
    numbers: Vec<u32>,
}

fn work(name: &'static str, shape: Shape, buffers: &[usize], numbers: &[u32]) -> Work {
    let path =
        format!("{}/hardware/ptx/{name}.compute_75.ptx", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the kernel is there");
    let program = Program::parse(&text).expect("it is PTX");
    let (buffers, numbers) = (buffers.to_vec(), numbers.to_vec());
    Work { name, program, shape, buffers, numbers }
}

fn works() -> [Work; 4] {
    let tiles = Shape { grid: [4, 4, 1], block: [16, 16, 1], shared: 0 };
    [
        work("copy", Shape::row(16, 256), &[65_536; 2], &[65_536]),
        work("row_sum", Shape::row(64, 128), &[65_536, 64], &[1024]),
        work("softmax", Shape::row(16, 128), &[65_536; 2], &[64, 1024]),
        work("matmul", tiles, &[4096; 3], &[64; 3]),
    ]
}

/// A machine with the kernel's buffers.
fn prepared(work: &Work, settings: Settings) -> (Machine, Vec<Argument>) {
    let mut machine = Machine::new(settings);
    let mut arguments = Vec::new();
    for count in &work.buffers {
        let bytes: Vec<u8> =
            (0..*count).flat_map(|i| ((i % 97) as f32).to_le_bytes()).collect();
        arguments.push(machine.buffer("x", Type::F32, &bytes).into());
    }
    arguments.extend(work.numbers.iter().map(|number| Argument::from(*number)));
    (machine, arguments)
}

fn throughput(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("throughput");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    let levels =
        [("none", Checks::NONE), ("bounds", Checks::BOUNDS), ("all", Checks::ALL)];
    for work in works() {
        for (level, checks) in levels {
            let settings = Settings { checks, ..Settings::default() };
            let (mut machine, arguments) = prepared(&work, settings);
            let kernel = work.program.kernels.values().next().expect("there is a kernel");
            let mut run = || {
                machine
                    .launch(kernel, work.shape, &arguments)
                    .expect("it can be launched")
            };
            group.throughput(Throughput::Elements(
                run().statistics.total.thread_instructions,
            ));
            group.bench_function(BenchmarkId::new(work.name, level), |bencher| {
                bencher.iter(&mut run)
            });
        }
    }
    group.finish();
}

criterion_group!(benches, throughput);
criterion_main!(benches);
