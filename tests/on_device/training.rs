//! The multilayer perceptron of chapter 4 is trained on every device: the same code, one argument
//! changed, and the same losses.

use crate::{everywhere, gpu};
use gradus::autograd::Tensor;
use gradus::device::Device;
use gradus::neural_network::{Activation, Context, Mlp, Parameter, move_to, parameters};
use gradus::ops::CrossEntropyOptions;
use gradus::random::{generator, normal};
use gradus::tensor::Array;
use gradus::training::{
    Adam, AdamConfig, EvaluationMetrics, Group, Length, Observer, Optimizer, Sgd,
    SgdConfig, State, Trainer, TrainerConfig, UpdateMetrics, take,
};
use std::cell::RefCell;
use std::rc::Rc;

/// Who writes losses and norms down.
#[derive(Clone, Default)]
struct Diary(Rc<RefCell<Vec<[f64; 2]>>>);

impl Observer for Diary {
    fn update(&mut self, metrics: &UpdateMetrics, _: u64) {
        self.0.borrow_mut().push([metrics.loss, metrics.gradient_norm]);
    }

    fn evaluation(&mut self, _: &EvaluationMetrics) {}
}

/// Loss and norm of the gradient of every update, and the weights at the end.
fn train<O: Optimizer<f32>>(
    device: &Device,
    optimizer: impl Fn(Vec<Group<f32>>) -> O,
) -> (Vec<[f64; 2]>, Vec<f32>) {
    let mut random = generator(3);
    // Three clouds of points, each around a place of its own.
    let labels = Array::from_fn(&[45], |row| row as u32 % 3);
    let points = Array::from_fn(&[45, 10], |i| {
        let middle = if i % 10 % 3 == i / 10 % 3 { 1.5 } else { 0.0 };
        (middle + normal(&mut random)) as f32
    });
    let (points, labels) = (points.to(device).unwrap(), labels.to(device).unwrap());
    let model = Mlp::new(&[10, 33, 3], Activation::Gelu, &mut generator(1));
    move_to(&model, device).unwrap();
    let options = CrossEntropyOptions { label_smoothing: 0.1, ..Default::default() };
    let loss = |rows: &[usize], context: &mut Context| {
        let x: Tensor = take(&points, rows).into();
        let logits = model.forward(&context.dropout(&x, 0.2), context);
        let logits = context.dropout(&logits, 0.1);
        (logits.cross_entropy(&take(&labels, rows), options), rows.len())
    };
    let config = TrainerConfig {
        length: Length::Updates(16),
        micro_batch: 8,
        accumulate: 2,
        learning_rate: 0.05,
        clip: Some(1.0),
        ..Default::default()
    };
    let diary = Diary::default();
    let optimizer = optimizer(Group::by_rank(parameters(&model)));
    let mut trainer = Trainer::new(&model, optimizer, 45, config).unwrap();
    trainer = trainer.observe(diary.clone());
    trainer.train(loss).unwrap();
    drop(trainer);
    let weights = parameters(&model).iter().flat_map(|p| p.value().to_vec()).collect();
    (diary.0.take(), weights)
}

/// |a − b|, where numbers below 1 count as 1.
fn apart(a: f64, b: f64) -> f64 {
    (a - b).abs() / a.abs().max(1.0)
}

fn the_same<O: Optimizer<f32>>(optimizer: impl Fn(Vec<Group<f32>>) -> O, bound: f64) {
    let (here, weights) = train(&Device::Cpu, &optimizer);
    assert!(here.len() == 16 && here[15][0] < 0.7 * here[0][0], "it learns: {here:?}");
    assert!(here.iter().any(|[_, norm]| *norm > 1.0), "something is clipped: {here:?}");
    everywhere(|device| {
        let (there, moved) = train(device, &optimizer);
        assert_eq!(there.len(), here.len());
        for (update, (a, b)) in here.iter().zip(&there).enumerate() {
            for (a, b) in a.iter().zip(b) {
                assert!(apart(*a, *b) < bound, "{device}, update {update}: {a} and {b}");
            }
        }
        let worst = weights.iter().zip(&moved);
        let worst = worst.map(|(a, b)| apart(f64::from(*a), f64::from(*b)));
        let worst = worst.fold(0.0, f64::max);
        assert!(worst < bound, "{device}: weights are {worst} apart");
        assert_eq!(gpu(device).used(), 0, "{device}: all memory is given back");
    });
}

#[test]
fn with_momentum_to_the_same_losses() {
    let config = SgdConfig { momentum: 0.9, nesterov: true, weight_decay: 0.01 };
    the_same(|groups| Sgd::new(groups, config), 1e-5);
}

#[test]
fn with_adam_to_the_same_losses() {
    let config = AdamConfig { weight_decay: 0.01, ..Default::default() };
    the_same(|groups| Adam::new(groups, config), 1e-4);
}

/// A run on a device may be stopped, and go on elsewhere: the checkpoint holds numbers, and not
/// where they lay.
#[test]
fn what_an_optimizer_remembers_goes_along() {
    everywhere(|device| {
        let weight = Parameter::new(Array::<f32>::full(1.0, &[5]));
        move_to(&weight, device).unwrap();
        let groups = || Group::by_rank(vec![weight.clone()]);
        let gradient = Array::from_fn(&[5], |i| i as f32 - 2.0).to(device).unwrap();
        let gradients = [Some(gradient)];
        let mut first = Adam::new(groups(), AdamConfig::default());
        first.step(&gradients, 0.1);
        let start = weight.value();
        let mut second = Adam::new(groups(), AdamConfig::default());
        let here = |mut state: State<f32>| {
            state
                .arrays
                .iter_mut()
                .for_each(|(_, array)| *array = array.beside(&Device::Cpu));
            state
        };
        second.restore(first.state().into_iter().map(here).collect()).unwrap();
        first.step(&gradients, 0.1);
        let want = weight.value();
        weight.set(start.beside(&Device::Cpu));
        assert_eq!(weight.device(), *device);
        second.step(&gradients, 0.1);
        assert!(weight.value() == want && want != start);
    });
}
