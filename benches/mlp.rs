//! One training step of the reference workload `mlp`: 784-256-128-10, ReLU, batch 64,
//! forward, backward, AdamW.

use criterion::{Criterion, criterion_group, criterion_main};
use gradus::autograd::Tensor;
use gradus::neural_network::init::normal_array;
use gradus::neural_network::{Activation, Context, Mlp, Module, named_parameters};
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;
use gradus::training::{Adam, AdamConfig, Group, Optimizer, gradients_of};

fn mlp(criterion: &mut Criterion) {
    let mut random = generator(1);
    let model: Mlp<f32> = Mlp::new(&[784, 256, 128, 10], Activation::Relu, &mut random);
    let parameters = named_parameters(&model as &dyn Module<f32>);
    let groups = Group::by_rank(parameters.into_iter().map(|(_, p)| p).collect());
    let config = AdamConfig { weight_decay: 0.01, ..AdamConfig::default() };
    let mut optimizer = Adam::new(groups, config);
    let x: Tensor = normal_array::<f32>(&[64, 784], 1.0, &mut random).into();
    let targets = Array::from_fn(&[64], |row| (row % 10) as u32);
    let mut context = Context::training(1);
    criterion.bench_function("mlp", |bencher| {
        bencher.iter(|| {
            let logits = model.forward(&x, &mut context);
            let loss = logits.cross_entropy(&targets, CrossEntropyOptions::default());
            let gradients = loss.backward();
            let gradients = gradients_of(optimizer.groups(), &gradients);
            optimizer.step(&gradients, 1e-3);
        })
    });
}

criterion_group!(benches, mlp);
criterion_main!(benches);
