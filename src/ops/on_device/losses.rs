//! Losses of each element by itself, by the kernels of `losses.cu`.

use crate::device::{Arguments, Gpu, kernels::LOSSES};
use crate::element::Real;
use crate::tensor::Array;
use crate::tensor::on_device::{Launch, each};

/// The loss of every element: `mse` or `bce_with_logits`.
#[track_caller]
pub fn values<T: Real>(
    name: &str,
    gpu: &Gpu,
    x: &Array<T>,
    targets: &Array<T>,
) -> Array<T> {
    let [x, targets] = [x, targets].map(|x| x.along(gpu, name).contiguous());
    let operands = [("x", &x as _), ("targets", &targets as _)];
    each(&LOSSES, format!("{name}_value"), &operands, Arguments::new())
}

/// The gradient of every x, from that of the mean over `n` of them.
#[track_caller]
pub fn slopes<T: Real>(
    name: &str,
    gpu: &Gpu,
    [x, targets, dy]: [&Array<T>; 3],
    n: T,
) -> Array<T> {
    let [x, targets, dy] = [x, targets, dy].map(|x| x.along(gpu, name).contiguous());
    let dx = Array::unwritten(gpu, x.shape());
    let launch = Launch::new(gpu, &LOSSES, format!("{name}_slope"));
    let launch = launch.array("x", &x).array("targets", &targets).array("dy", &dy);
    launch.array("dx", &dx).count(dx.size()).number(n).each(dx.size());
    dx
}
