//! Data parallelism: several devices, here threads, each with its share of a batch.

use super::accumulate::{Accumulated, Averaged};
use crate::autograd::TensorOf;
use crate::element::Real;
use crate::neural_network::{Context, Parameter};
use std::panic::resume_unwind;

// ANCHOR: parallel
/// The mean loss of `rows` and its gradients, computed by `devices` threads in
/// micro-batches.
///
/// `loss` returns the mean loss of some rows, and what it is a mean over: how many samples,
/// or tokens that count. `context(i)` is the context of micro-batch i: random choices depend
/// on the micro-batch and not on the device, nor on which thread is faster.
///
/// Micro-batch i goes to device i mod `devices`. All devices read the same parameters, so
/// that no copies of the model are needed.
///
/// # Panics
/// When the size or the number of devices is 0, the loss is not a single number or has no
/// gradient, or `loss` panics.
#[track_caller]
pub fn gradients<T: Real>(
    parameters: &[Parameter<T>],
    rows: &[usize],
    micro_batch: usize,
    devices: usize,
    context: impl Fn(usize) -> Context + Sync,
    loss: impl Fn(&[usize], &mut Context) -> (TensorOf<T>, usize) + Sync,
) -> Averaged<T> {
    assert!(
        micro_batch > 0 && devices > 0,
        "gradients: micro-batches of {micro_batch} rows on {devices} devices: both must be \
         at least 1"
    );
    // ANCHOR: device
    let device = |number: usize| {
        let mut own = Accumulated::new(parameters.len());
        let micro_batches = rows.chunks(micro_batch).enumerate();
        for (index, rows) in micro_batches.skip(number).step_by(devices) {
            let (mean, count) = loss(rows, &mut context(index));
            if count > 0 {
                let value = mean.item().f64();
                let gradients = mean.backward();
                let of = |parameter: &Parameter<T>| parameter.gradient(&gradients);
                let gradients = parameters.iter().map(|p| of(p).cloned()).collect();
                own.add(value, gradients, count);
            }
        }
        own
    };
    let busy = devices.min(rows.len().div_ceil(micro_batch));
    let device = &device;
    let shares = std::thread::scope(|scope| {
        let others: Vec<_> =
            (1..busy).map(|number| scope.spawn(move || device(number))).collect();
        let mut shares = vec![device(0)]; // this thread is the first device
        for other in others {
            shares.push(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        shares
    });
    all_reduce(shares).mean()
    // ANCHOR_END: device
}

/// The sum of what all devices have, in their order: floating-point addition is not
/// associative, so any other order, first come first served for one, would make results
/// differ from run to run. (Devices with memory of their own would each get the sum back.)
///
/// # Panics
/// When there are no devices, or their parameters differ.
// ANCHOR: all_reduce
#[track_caller]
pub fn all_reduce<T: Real>(shares: Vec<Accumulated<T>>) -> Accumulated<T> {
    let mut shares = shares.into_iter();
    let mut sum = shares.next().expect("all_reduce: there must be at least one device");
    shares.for_each(|share| sum.merge(share));
    sum
}
// ANCHOR_END: all_reduce
// ANCHOR_END: parallel
