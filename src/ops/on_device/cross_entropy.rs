//! Cross-entropy, by the kernels of `cross_entropy.cu`.

use crate::device::{Gpu, kernels::CROSS_ENTROPY};
use crate::element::Real;
use crate::ops::CrossEntropyOptions;
use crate::tensor::Array;
use crate::tensor::on_device::{Launch, Rows};

/// The mean loss over the rows that count, and how many these are, at least 1.
#[track_caller]
pub fn mean<T: Real>(
    gpu: &Gpu,
    logits: &Array<T>,
    targets: &Array<u32>,
    options: CrossEntropyOptions,
) -> [Array<T>; 2] {
    let rows = rows(logits);
    let room = |shape: &[usize]| Array::<T>::unwritten(gpu, shape);
    let (losses, counted) = (room(&[rows.count()]), room(&[rows.count()]));
    let launch = given(gpu, "cross_entropy_value", logits, targets);
    let launch = launch.array("losses", &losses).array("counted", &counted);
    settings::<T>(launch.rows_of(&rows), &rows, options)
        .rows(rows.count(), rows.length());
    let (loss, n) = (room(&[]), room(&[]));
    let launch = Launch::new(gpu, &CROSS_ENTROPY, "cross_entropy_mean");
    let launch = launch.array("losses", &losses).array("counted", &counted);
    let launch = launch.array("loss", &loss).array("n", &n).count(rows.count());
    launch.rows(1, rows.count()); // one block, which goes along all rows
    [loss, n]
}

/// The gradient of the logits, from that of the mean over `n` rows.
#[track_caller]
pub fn slope<T: Real>(
    gpu: &Gpu,
    logits: &Array<T>,
    targets: &Array<u32>,
    [dy, n]: [&Array<T>; 2],
    options: CrossEntropyOptions,
) -> Array<T> {
    let (rows, dx) = (rows(logits), Array::unwritten(gpu, logits.shape()));
    let [dy, n] = [dy, n].map(|x| x.along(gpu, "cross_entropy").contiguous());
    let launch = given(gpu, "cross_entropy_slope", logits, targets);
    let launch = launch.array("dy", &dy).array("n", &n).array("dx", &dx);
    settings::<T>(launch.rows_of(&rows), &rows, options)
        .rows(rows.count(), rows.length());
    dx
}

fn rows<T: Real>(logits: &Array<T>) -> Rows {
    Rows::along(logits.shape(), &[logits.rank() - 1])
}

fn given<'g, T: Real>(
    gpu: &'g Gpu,
    kernel: &str,
    logits: &Array<T>,
    targets: &Array<u32>,
) -> Launch<'g> {
    let targets = targets.beside(&logits.device()).contiguous();
    let launch = Launch::new(gpu, &CROSS_ENTROPY, kernel);
    launch.array("logits", &logits.contiguous()).array("targets", &targets)
}

/// What counts, and as what: the last four parameters.
fn settings<'g, T: Real>(
    launch: Launch<'g>,
    rows: &Rows,
    options: CrossEntropyOptions,
) -> Launch<'g> {
    let CrossEntropyOptions { ignore_index, label_smoothing } = options;
    let launch = launch.number(u32::from(ignore_index.is_some()));
    let launch = launch.number(ignore_index.unwrap_or_default());
    let launch = launch.number(T::of(1.0 - label_smoothing));
    launch.number(T::of(label_smoothing / rows.length() as f64))
}
