//! A million elements, forward: what every activation, mask and optimizer is made of.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gradus::autograd::Tensor;
use gradus::neural_network::init::normal_array;
use gradus::random::generator;

fn elementwise(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("elementwise");
    let shape = [1024, 1024];
    let mut random = generator(1);
    let mut numbers = |shape: &[usize]| -> Tensor {
        normal_array::<f32>(shape, 1.0, &mut random).into()
    };
    let (a, b, row) = (numbers(&shape), numbers(&shape), numbers(&[1024]));
    group.throughput(Throughput::Elements(1024 * 1024));
    group.sample_size(50);
    group.bench_function("add", |bencher| bencher.iter(|| a.add(&b)));
    group.bench_function("add_row", |bencher| bencher.iter(|| a.add(&row)));
    group.bench_function("exp", |bencher| bencher.iter(|| a.exp()));
    group.bench_function("tanh", |bencher| bencher.iter(|| a.tanh()));
    group.bench_function("sigmoid", |bencher| bencher.iter(|| a.sigmoid()));
    group.bench_function("gelu", |bencher| bencher.iter(|| a.gelu()));
    group.bench_function("gelu_tanh", |bencher| bencher.iter(|| a.gelu_tanh()));
    group.bench_function("relu", |bencher| bencher.iter(|| a.relu()));
    group.bench_function("sum", |bencher| bencher.iter(|| a.sum_all()));
    group.bench_function("sum_columns", |bencher| bencher.iter(|| a.sum(&[0])));
    group.bench_function("softmax", |bencher| bencher.iter(|| a.softmax()));
    let (gain, bias) = (numbers(&[1024]), numbers(&[1024]));
    group.bench_function("layer_norm", |bencher| {
        bencher.iter(|| a.layer_norm(&gain, &bias, 1e-5))
    });
}

criterion_group!(benches, elementwise);
criterion_main!(benches);
