//! What cannot be done on a device, or between two, is said.

use crate::everywhere;
use gradus::autograd::Tensor;
use gradus::device::{Device, Settings, caught};
use gradus::neural_network::{Activation, Mlp, move_to, parameters};
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;
use gradus::training::{Adam, AdamConfig, Group, Length, Trainer, TrainerConfig, take};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The words of a panic.
#[track_caller]
fn said(body: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(body)).expect_err("it is refused");
    *panic.downcast::<String>().expect("it has words")
}

#[track_caller]
fn says(part: &str, body: impl FnOnce()) {
    let said = said(body);
    assert!(said.contains(part), "{said}");
}

#[test]
fn arrays_on_two_devices_do_not_meet() {
    everywhere(|device| {
        let here = Array::new(vec![1f32, 2.0, 3.0], &[3]);
        let there = here.to(device).unwrap();
        let other = here.to(&Device::emulator()).unwrap();
        let (x, y) = (Tensor::from(there.clone()), Tensor::from(here.clone()));
        says("mul: one array, of shape [3], lies on cpu", || drop(x.mul(&y)));
        says("add: one array, of shape [3], lies on cpu", || drop(y.add(&x)));
        says("bring them to one device with `to`", || drop(x.sub(&y)));
        says("lies on emulator, and another on", || drop(x.mul(&other.clone().into())));
        let square = Array::<f32>::zeros(&[3, 3]);
        says("matmul: one array, of shape [3, 3]", || {
            drop(square.matmul(&square.to(device).unwrap()))
        });
        says("where: one array", || {
            drop(x.where_(&Array::new(vec![1, 0, 1], &[3]), &y));
        });
        says("concat: one array", || {
            drop(Array::concat(&[there.clone(), here.clone()], 0))
        });
        let mut sum = here.clone();
        says("sum: one array", || sum.add(&there, "sum"));
        // A single number goes along.
        let number = Array::scalar(2f32);
        assert_eq!(x.mul(&number.clone().into()).to_vec(), [2.0, 4.0, 6.0]);
        assert_eq!(Tensor::from(number).mul(&x).to_vec(), [2.0, 4.0, 6.0]);
        assert_eq!(x.mul(&Array::full(3.0, &[3]).into()).to_vec(), [3.0, 6.0, 9.0]);
    });
}

#[test]
fn what_only_the_processor_can_do_is_said() {
    everywhere(|device| {
        let there = Array::new(vec![1f32, 2.0], &[2]).to(device).unwrap();
        let lies = "lies on";
        let back = "bring it back with `to(&Device::Cpu)`";
        says(lies, || drop(there.map(|x| x + 1.0)));
        says(back, || drop(there.zip(&there, "sum", |a, b| a + b)));
        says(back, || assert!(there.storage().is_empty()));
        says(back, || assert!(there.as_slice().is_none()));
        let mut changed = there.clone();
        says(back, || changed.make_mut()[0] = 1.0);
        assert_eq!(changed.device(), *device);
        let wide = Array::new(vec![1f64], &[1]).to(device);
        let said = wide.err().expect("it is refused").to_string();
        assert!(
            said.contains("devices compute in f32 here, and this array holds f64"),
            "{said}"
        );
        // Shapes are refused as on the processor, before anything is computed.
        let matrix = there.reshape(&[1, 2]);
        says("matmul: [1, 2] × [1, 2]", || drop(matrix.matmul(&matrix)));
        says("sum: there is no axis 3", || drop(matrix.sum(&[3])));
        says("softmax: there is no axis 2", || {
            drop(Tensor::from(matrix.clone()).softmax_along(2))
        });
    });
}

/// Indices and labels on the processor are looked at before they go along; those on a device
/// nobody looks at, and what they pick is NaN.
#[test]
fn indices_that_are_too_large_are_refused_or_give_nan() {
    everywhere(|device| {
        let x = Array::from_fn(&[2, 3], |i| i as f32).to(device).unwrap();
        let tensor = Tensor::from(x.clone());
        let wrong = Array::new(vec![0, 3], &[2]);
        says("index_select: index 3 is too large", || drop(x.index_select(&wrong)));
        let plain = CrossEntropyOptions::default();
        says("cross_entropy: target 3 is too large", || {
            drop(tensor.cross_entropy(&wrong, plain))
        });
        let column = wrong.reshape(&[2, 1]);
        says("gather: index 3 is too large", || drop(x.gather(1, &column)));
        says("scatter_add: index 3", || {
            drop(x.slice(1, 0..1).scatter_add(1, &column, &[2, 3]));
        });
        says("index_add: index 3", || drop(x.index_add(&wrong, &[2, 3])));
        let targets = Array::new(vec![0.0, 2.0, 0.0, 0.0, 0.0, 0.0], &[2, 3]);
        says("a target must lie between 0 and 1", || {
            drop(tensor.bce_with_logits(&targets))
        });
        let there = wrong.to(device).unwrap();
        let picked = x.index_select(&there).to_vec();
        assert_eq!(picked[..3], [0.0, 1.0, 2.0]);
        assert!(picked[3..].iter().all(|x| x.is_nan()), "{picked:?}");
        assert!(tensor.cross_entropy(&there, plain).item().is_nan());
    });
}

/// A GPU whose memory is full, on a laptop: the run ends with an error that says what to do, and
/// a smaller batch goes on.
#[test]
fn a_full_memory_ends_a_run_with_an_error() {
    let small = Device::emulator_with_memory(Settings::default(), 40_000);
    let model = Mlp::<f32>::new(&[20, 30, 2], Activation::Relu, &mut generator(1));
    move_to(&model, &small).unwrap();
    let x = Array::from_fn(&[100, 20], |i| (i % 7) as f32).to(&small).unwrap();
    let labels = Array::from_fn(&[100], |i| i as u32 % 2);
    let train = |micro_batch| {
        let adam = Adam::new(Group::by_rank(parameters(&model)), AdamConfig::default());
        let length = Length::Updates(2);
        let config = TrainerConfig { length, micro_batch, ..Default::default() };
        Trainer::new(&model, adam, 100, config)?.train(|rows, context| {
            let logits = model.forward(&take(&x, rows).into(), context);
            let targets = take(&labels, rows);
            (logits.cross_entropy(&targets, Default::default()), rows.len())
        })
    };
    let error = train(100).expect_err("100 rows are too many").to_string();
    assert!(error.contains("use a smaller batch or model"), "{error}");
    train(10).unwrap();
    // Too large from the start: nothing is moved.
    let large = Mlp::<f32>::new(&[100, 100, 2], Activation::Relu, &mut generator(1));
    assert!(move_to(&large, &small).is_err());
    assert!(parameters(&large).iter().all(|p| p.device() == Device::Cpu));
}

/// A panic that is no device's goes on as it was.
#[test]
fn a_shape_that_does_not_fit_is_no_error_of_the_device() {
    let x = Array::<f32>::zeros(&[2, 3]);
    says("matmul: [2, 3] × [2, 3]", || drop(caught(|| x.matmul(&x))));
}
