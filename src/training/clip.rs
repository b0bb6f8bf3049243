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
        return done(measured(gpu, gradients, f64::INFINITY).0.to_vec())[0];
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

/// The norm by the kernels of `gradient_norm.cu`: the sums of squares of all parts of all
/// gradients, then the root of their sum. With it comes the factor that brings it to `limit`;
/// both stay on the device. To hand the norm out, the device must catch up.
#[track_caller]
fn measured<T: Real>(
    gpu: &Gpu,
    gradients: &[Option<Array<T>>],
    limit: f64,
) -> (Memory<f64>, Memory<f32>) {
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
    let launch = launch.memory("squares", &squares).count(count).number(limit);
    let launch = launch.memory("norm", &norm).memory("scale", &scale);
    launch.start(Shape::row(1, 256));
    (norm, scale)
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
    if let Some(gpu) = gradients.iter().flatten().find_map(Array::gpu).cloned() {
        return clip_on_device(&gpu, gradients, limit);
    }
    let norm = global_norm(gradients);
    if norm.is_finite() && norm > limit {
        let scale = T::of(limit / norm);
        for gradient in gradients.iter_mut().flatten() {
            gradient.make_mut().iter_mut().for_each(|g| *g = *g * scale);
        }
    }
    norm
}
// ANCHOR_END: clip

/// The same by kernels. The gradients are scaled before the processor knows the norm.
#[track_caller]
fn clip_on_device<T: Real>(
    gpu: &Gpu,
    gradients: &mut [Option<Array<T>>],
    limit: f64,
) -> f64 {
    let (norm, scale) = measured(gpu, gradients, limit);
    for gradient in gradients.iter_mut().flatten() {
        if gradient.gpu().is_none() {
            *gradient = gradient.along(gpu, "clip");
        }
        let launch = Launch::new(gpu, &GRADIENT_NORM, "gradient_clip");
        let launch = launch.changed("gradient", gradient).memory("scale", &scale);
        launch.count(gradient.size()).each(gradient.size());
    }
    done(norm.to_vec())[0]
}
