//! Square products in f32, and the shapes of the `mlp` workload.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gradus::neural_network::init::normal_array;
use gradus::random::generator;
use gradus::tensor::Array;

fn matmul(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("matmul");
    let mut random = generator(1);
    let squares = [256, 512, 1024, 2048].map(|n| [n, n, n]);
    for [m, k, n] in squares.into_iter().chain([[64, 784, 256], [64, 256, 128]]) {
        let a: Array<f32> = normal_array(&[m, k], 1.0, &mut random);
        let b: Array<f32> = normal_array(&[k, n], 1.0, &mut random);
        // A multiplication and an addition for every pair of elements that meet.
        group.throughput(Throughput::Elements((2 * m * k * n) as u64));
        group.sample_size(if m * k * n > 1 << 28 { 10 } else { 50 });
        let name = BenchmarkId::from_parameter(format!("{m}x{k}x{n}"));
        group.bench_function(name, |bencher| bencher.iter(|| a.matmul(&b)));
    }
}

criterion_group!(benches, matmul);
criterion_main!(benches);
