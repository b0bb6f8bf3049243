//! What the other files share: token ids, a training loop, measures.

use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::neural_network::{Module, Parameter, named_parameters};
use gradus::random::{generator, uniform};
use gradus::tensor::Array;
use gradus::training::{Adam, AdamConfig, Group, Optimizer, gradients_of};

/// Random token ids below `vocabulary`.
pub fn tokens(shape: &[usize], vocabulary: usize, seed: u64) -> Array<u32> {
    let mut random = generator(seed);
    Array::from_fn(shape, |_| (uniform(&mut random) * vocabulary as f64) as u32)
}

/// `steps` of AdamW with weight decay on `parameters`; the loss before each step.
pub fn train<T: Real>(
    parameters: Vec<Parameter<T>>,
    steps: usize,
    rate: f64,
    mut loss: impl FnMut() -> TensorOf<T>,
) -> Vec<f64> {
    let config = AdamConfig { weight_decay: 0.01, ..AdamConfig::default() };
    let mut adam = Adam::new(Group::by_rank(parameters), config);
    let step = |_| {
        let loss = loss();
        let value = loss.item().f64();
        let gradients = gradients_of(adam.groups(), &loss.backward());
        adam.step(&gradients, rate);
        value
    };
    (0..steps).map(step).collect()
}

/// A model whose weights are so many times larger that everything in it matters.
pub fn lively<T: Real, M: Module<T>>(model: M, times: f64) -> M {
    for (path, parameter) in named_parameters(&model) {
        let times = T::of(if path.contains("norm") { 1.0 } else { times });
        parameter.update(|values| values.iter_mut().for_each(|w| *w = *w * times));
    }
    model
}

/// Every number of the model, path by path.
pub fn numbers<T: Real>(module: &dyn Module<T>) -> Vec<(String, Vec<T>)> {
    let named = named_parameters(module);
    named.into_iter().map(|(path, p)| (path, p.value().to_vec())).collect()
}

/// The largest difference between two arrays of one shape.
#[track_caller]
pub fn distance<T: Real>(a: &Array<T>, b: &Array<T>) -> f64 {
    assert_eq!(a.shape(), b.shape());
    let differences = a.to_vec().into_iter().zip(b.to_vec());
    differences.fold(0.0, |most, (a, b)| {
        let difference = (a.f64() - b.f64()).abs();
        if difference.is_nan() { f64::INFINITY } else { most.max(difference) }
    })
}
