//! One gradient, however the batch is cut and whoever computes it.

use super::support::*;
use gradus::element::Real;
use gradus::neural_network::*;
use gradus::random::generator_at;
use gradus::tensor::Array;
use gradus::training::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

fn evaluation(_: usize) -> Context {
    Context::evaluation()
}

/// The gradient of the net's loss over 64 rows of 70.
fn gradient<T: Real>(micro_batch: usize, devices: usize) -> Averaged<T> {
    let (net, data) = (Net::<T>::new(6, 0.0), data::<T>(70));
    let rows: Vec<usize> = (0..64).map(|row| (row * 11 + 3) % 70).collect();
    let loss = |rows: &[usize], context: &mut Context| loss(&net, &data, rows, context);
    gradients(&parameters(&net), &rows, micro_batch, devices, evaluation, loss)
}

fn flat<T: Real>(averaged: &Averaged<T>) -> Vec<f64> {
    let arrays = averaged.gradients.iter().map(|g| g.as_ref().expect("a gradient"));
    arrays.flat_map(|array| array.to_vec()).map(Real::f64).collect()
}

fn norm(x: impl Iterator<Item = f64>) -> f64 {
    x.map(|x| x * x).sum::<f64>().sqrt()
}

/// ‖a − b‖ / ‖b‖
fn distance(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    norm(a.iter().zip(b).map(|(a, b)| a - b)) / norm(b.iter().copied())
}

fn one_gradient<T: Real>(bound: f64) {
    let whole = gradient::<T>(64, 1);
    assert!(norm(flat(&whole).into_iter()) > 0.1, "a gradient that is worth comparing");
    // 7 leaves a shard of one row, 1 makes shards where nothing counts.
    for (micro_batch, devices) in
        [(16, 1), (32, 2), (7, 1), (7, 3), (1, 1), (1, 5), (64, 9), (100, 2)]
    {
        let parts = gradient::<T>(micro_batch, devices);
        let far = distance(&flat(&parts), &flat(&whole));
        assert!(far <= bound, "{micro_batch} rows on {devices}: {far}");
        assert!((parts.loss - whole.loss).abs() <= bound * whole.loss);
        assert_eq!(parts.count, whole.count);
    }
}

#[test]
fn one_batch_accumulated_or_spread_over_devices_has_the_same_gradient() {
    one_gradient::<f32>(1e-6);
    one_gradient::<f64>(1e-12);
}

#[test]
fn unequal_shards_are_weighted_by_what_counts() {
    // Means over 1, 2 and 5 tokens.
    let shards = [(1usize, 8.0f64), (2, 4.0), (5, 1.6)];
    let share = |(count, gradient): (usize, f64)| {
        let mut share = Accumulated::new(1);
        share.add(10.0 * gradient, vec![Some(Array::scalar(gradient))], count);
        share
    };
    let mean = all_reduce(shards.map(share).into_iter().collect()).mean();
    let expected = (8.0 + 2.0 * 4.0 + 5.0 * 1.6) / 8.0;
    let got = mean.gradients[0].as_ref().unwrap().item();
    assert!((got - expected).abs() < 1e-12, "{got}: the mean of means is 4.53");
    assert!((mean.loss - 10.0 * expected).abs() < 1e-12);
    assert_eq!(mean.count, 8);
}

#[test]
fn a_shard_where_nothing_counts_adds_nothing_not_even_its_nan() {
    let mut sum = Accumulated::new(1);
    sum.add(f64::NAN, vec![Some(Array::scalar(f64::NAN))], 0);
    sum.add(3.0, vec![Some(Array::scalar(2.0))], 4);
    let mean = sum.mean();
    assert_eq!((mean.loss, mean.gradients[0].as_ref().unwrap().item()), (3.0, 2.0));
    let nothing = Accumulated::<f64>::new(2).mean();
    assert_eq!((nothing.loss, nothing.count), (0.0, 0));
    assert!(nothing.gradients.iter().all(Option::is_none));
}

/// Dropout on, and devices that are slow in turns.
fn spread(devices: usize, slow: usize) -> Averaged<f32> {
    let (net, data) = (Net::<f32>::new(6, 0.3), data::<f32>(64));
    let loss = |rows: &[usize], context: &mut Context| {
        let wait = if rows[0] / 8 % 3 == slow { 4 } else { 0 };
        std::thread::sleep(Duration::from_millis(wait));
        loss(&net, &data, rows, context)
    };
    let context =
        |index| Context { training: true, random: generator_at([1, 2, index as u64, 1]) };
    let rows: Vec<usize> = (0..64).collect();
    gradients(&parameters(&net), &rows, 8, devices, context, loss)
}

#[test]
fn whichever_device_is_slow_the_bits_are_the_same() {
    let bits = |averaged: &Averaged<f32>| {
        let arrays = averaged.gradients.iter().flatten();
        arrays.flat_map(weights::bytes_of).collect::<Vec<u8>>()
    };
    let first = spread(3, 0);
    for slow in [1, 2, 0] {
        let again = spread(3, slow);
        assert_eq!(bits(&again), bits(&first));
        assert_eq!(again.loss.to_bits(), first.loss.to_bits());
    }
    // What is dropped depends on the micro-batch, and not on the device.
    let alone = spread(1, 0);
    assert!(distance(&flat(&alone), &flat(&first)) < 1e-6);
}

#[test]
fn mistakes_in_a_thread_are_heard_outside() {
    let net = Net::<f32>::new(6, 0.0);
    let refused = |devices, micro_batch, rows: usize, part: &str| {
        let rows: Vec<usize> = (0..rows).collect();
        let loss = |_: &[usize], _: &mut Context| {
            (gradus::autograd::Tensor::from(Array::scalar(1.0)), 1)
        };
        let own = parameters(&net);
        let run = || gradients(&own, &rows, micro_batch, devices, evaluation, loss);
        let panic = catch_unwind(AssertUnwindSafe(run)).err().expect("it must panic");
        let message = match panic.downcast_ref::<String>() {
            Some(message) => message.as_str(),
            None => panic.downcast_ref::<&str>().unwrap(),
        };
        assert!(message.contains(part), "{part} is not in {message}");
    };
    refused(2, 4, 4, "nothing behind this tensor wants a gradient");
    refused(0, 4, 4, "0 devices");
    refused(2, 0, 4, "micro-batches of 0 rows");
    // Row 5 is the second device's.
    let loss = |rows: &[usize], context: &mut Context| {
        assert!(!rows.contains(&5), "row 5 is bad");
        loss(&net, &data(8), rows, context)
    };
    let (own, rows) = (parameters(&net), (0..8).collect::<Vec<_>>());
    let run = || gradients(&own, &rows, 4, 2, evaluation, loss);
    let panic = catch_unwind(AssertUnwindSafe(run)).err().expect("it must panic");
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"row 5 is bad"));
}

#[test]
fn an_empty_batch_is_nothing_and_changes_nothing() {
    let net = Net::<f32>::new(6, 0.0);
    let loss = |rows: &[usize], context: &mut Context| {
        loss(&net, &data::<f32>(8), rows, context)
    };
    let nothing = gradients(&parameters(&net), &[], 4, 2, evaluation, loss);
    assert_eq!((nothing.loss, nothing.count), (0.0, 0));
    let before = bits(&net);
    adam(&net).step(&nothing.gradients, 0.1);
    assert_eq!(bits(&net), before);
}
