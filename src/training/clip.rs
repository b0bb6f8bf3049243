//! Gradients of a bounded length.

use crate::device::{Gpu, Memory, Shape, done, kernels::GRADIENT_NORM};
use crate::element::{Element, Real};
use crate::tensor::Array;
use crate::tensor::on_device::Launch;
use crate::tensor::reduce::sum;

/// ‖g‖ over all gradients together, in f64.
///
/// # Panics
/// When some lie on a device and others do not.
#[track_caller]
pub fn global_norm<T: Real>(gradients: &[Option<Array<T>>]) -> f64 {
    if let Some(gpu) = gradients.iter().flatten().find_map(Array::gpu) {
        return norm_on_device(gpu, gradients);
    }
    let squares = gradients.iter().flatten().map(|gradient| {
        let gradient = gradient.contiguous();
        let values = gradient.as_slice().expect("it is contiguous");
        // Piece by piece, so that no second array is needed.
        let piece = |piece: &[T]| piece.iter().map(|g| g.f64() * g.f64()).sum();
        sum(&values.chunks(256).map(piece).collect::<Vec<f64>>())
    });
    squares.sum::<f64>().sqrt()
}

/// The same by the kernels of `gradient_norm.cu`: the sums of squares of all parts of all
/// gradients, then the root of their sum. To hand it out, the device must catch up.
#[track_caller]
fn norm_on_device<T: Real>(gpu: &Gpu, gradients: &[Option<Array<T>>]) -> f64 {
    let along = |gradient: &Array<T>| gradient.along(gpu, "global_norm").contiguous();
    let gradients: Vec<Array<T>> = gradients.iter().flatten().map(along).collect();
    let parts = |gradient: &Array<T>| gradient.size().div_ceil(PART);
    let count = gradients.iter().map(parts).sum();
    let squares = memory::<f64>(gpu, count);
    let mut first = 0;
    for gradient in &gradients {
        let launch = Launch::new(gpu, &GRADIENT_NORM, "gradient_squares");
        let launch = launch.array("gradient", gradient).memory("squares", &squares);
        let shape = Shape::row(parts(gradient).min(2048) as u32, 256);
        launch.count(first).count(gradient.size()).start(shape);
        first += parts(gradient);
    }
    let (norm, scale) = (memory::<f64>(gpu, 1), memory::<f32>(gpu, 1));
    let launch = Launch::new(gpu, &GRADIENT_NORM, "gradient_norm");
    let launch = launch.memory("squares", &squares).count(count).number(f64::INFINITY);
    let launch = launch.memory("norm", &norm).memory("scale", &scale);
    launch.start(Shape::row(1, 256));
    done(norm.to_vec())[0]
}

/// How many elements a block takes (`PART` in `gradient_norm.cu`).
const PART: usize = 4096;

#[track_caller]
fn memory<N: Element>(gpu: &Gpu, length: usize) -> Memory<N> {
    done(Memory::unwritten(gpu, length))
}

/// Scales all gradients together, so that their global norm is at most `limit`: the
/// direction stays. Returns the norm before. A norm that is not finite is returned and
/// nothing is scaled: the caller decides whether to skip the update.
///
/// # Panics
/// When the limit is not a positive number.
// ANCHOR: clip
#[track_caller]
pub fn clip_by_global_norm<T: Real>(
    gradients: &mut [Option<Array<T>>],
    limit: f64,
) -> f64 {
    assert!(limit > 0.0, "clip: the limit {limit} must be a positive number");
    let norm = global_norm(gradients);
    if norm.is_finite() && norm > limit {
        let scale = T::of(limit / norm);
        for gradient in gradients.iter_mut().flatten() {
            match gradient.gpu() {
                None => gradient.make_mut().iter_mut().for_each(|g| *g = *g * scale),
                Some(_) => *gradient = gradient.times(scale),
            }
        }
    }
    norm
}
// ANCHOR_END: clip
