//! One gradient, cut and spread in every way; and what two threads save.

use crate::digits::Digits;
use crate::machine::middle_half;
use gradus::element::Real;
use gradus::neural_network::{Activation, Context, Mlp, parameters};
use gradus::random::generator;
use gradus::report::{Run, scientific};
use gradus::tensor::Array;
use gradus::training::{gradients, take};
use std::time::Instant;

/// The largest distance, relative to the norm, between the gradient of one batch of 64 and
/// that of its parts.
fn distance<T: Real>(digits: &Digits) -> f64 {
    let model = Mlp::<T>::new(&[64, 32, 10], Activation::Relu, &mut generator(3));
    let pixels = digits.train.x.to_vec().into_iter().map(|x| T::of(f64::from(x)));
    let x = Array::new(pixels.collect(), &[digits.train.len(), 64]);
    let rows: Vec<usize> = (0..64).collect();
    let gradient = |micro_batch, devices| -> Vec<f64> {
        let context = |_| Context::evaluation();
        let of = |rows: &[usize], context: &mut Context| {
            let logits = model.forward(&take(&x, rows).into(), context);
            (
                logits.cross_entropy(&take(&digits.train.y, rows), Default::default()),
                rows.len(),
            )
        };
        let all =
            gradients(&parameters(&model), &rows, micro_batch, devices, context, of);
        let all = all.gradients.iter().flatten().flat_map(|g| g.to_vec());
        all.map(|g| g.f64()).collect()
    };
    let whole = gradient(64, 1);
    let norm = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>().sqrt();
    let ways = [(16, 1), (32, 2), (8, 2), (24, 1), (24, 2), (1, 1)];
    let far = ways.map(|(micro_batch, devices)| {
        let parts = gradient(micro_batch, devices);
        let gap: Vec<f64> = parts.iter().zip(&whole).map(|(p, w)| p - w).collect();
        norm(&gap) / norm(&whole)
    });
    far.into_iter().fold(0.0, f64::max)
}

pub fn compare(run: &mut Run, digits: &Digits, count: usize) {
    for (key, far) in [("f32", distance::<f32>(digits)), ("f64", distance::<f64>(digits))]
    {
        run.number_as(&format!("devices.{key}"), far, &scientific(far));
    }
    speed(run, digits, count);
}

/// One thread against two, for a small model with small batches and a larger one with
/// large batches. They take turns.
fn speed(run: &mut Run, digits: &Digits, count: usize) {
    let cases = [("small", [64, 32, 10], 32, 400), ("large", [64, 512, 10], 1024, 8)];
    for (key, sizes, batch, updates) in cases {
        let model = Mlp::<f32>::new(&sizes, Activation::Relu, &mut generator(3));
        let own = parameters(&model);
        let rows: Vec<usize> = (0..batch).collect();
        let time = |devices: usize| {
            let start = Instant::now();
            for _ in 0..updates {
                let of = |rows: &[usize], context: &mut Context| {
                    let set = digits.train.rows(rows);
                    let logits = model.forward(&set.x.into(), context);
                    (logits.cross_entropy(&set.y, Default::default()), rows.len())
                };
                let context = |_| Context::evaluation();
                gradients(&own, &rows, batch / devices, devices, context, of);
            }
            start.elapsed().as_secs_f64() / updates as f64
        };
        let (mut one, mut two, mut gain) = (Vec::new(), Vec::new(), Vec::new());
        time(1);
        time(2);
        for round in 0..count {
            let pair = if round % 2 == 0 { [1, 2] } else { [2, 1] };
            for devices in pair {
                let seconds = time(devices);
                if devices == 1 { one.push(seconds) } else { two.push(seconds) }
            }
            gain.push(one[round] / two[round]);
        }
        run.timings(&format!("devices.{key}.one"), &middle_half(&one), 1e-3, 3);
        run.timings(&format!("devices.{key}.two"), &middle_half(&two), 1e-3, 3);
        run.timings(&format!("devices.{key}.gain"), &middle_half(&gain), 1.0, 2);
    }
}
