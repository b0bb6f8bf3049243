//! Picking and adding by index, by the kernels of `gather.cu`.
//!
//! Indices that lie on the processor have been checked there. Those that lie on the device
//! nobody checks: one that is too large picks NaN, and adds to nothing.

use super::launch::Launch;
use crate::device::{Gpu, kernels::GATHER};
use crate::element::Element;
use crate::tensor::Array;

/// An axis of a shape from which is picked, `[outer, size, inner]`, and how many are picked
/// along it.
pub struct Picks {
    /// The product of the sizes before the axis.
    pub outer: usize,
    /// The size of the axis.
    pub size: usize,
    /// How many indices there are along it.
    pub along: usize,
    /// The product of the sizes behind the axis.
    pub inner: usize,
}

impl Picks {
    /// As the kernels take it (`Sizes` of `gather.cu`).
    fn bytes(&self) -> Vec<u8> {
        let all = [self.outer, self.size, self.along, self.inner];
        all.iter().flat_map(|size| (*size as u64).to_le_bytes()).collect()
    }
}

/// The elements that are picked: by `gather`, with an index for each, or by `index_select`,
/// with one for each entry.
#[track_caller]
pub fn pick<T: Element>(
    name: &str,
    x: &Array<T>,
    gpu: &Gpu,
    indices: &Array<u32>,
    picks: &Picks,
    shape: &[usize],
) -> Array<T> {
    let (x, indices) = (x.contiguous(), indices.beside(&x.device()).contiguous());
    let y = Array::unwritten(gpu, shape);
    let launch = Launch::new(gpu, &GATHER, format!("{name}_value"));
    let launch = launch.array("x", &x).array("indices", &indices).array("y", &y);
    launch.bytes(picks.bytes()).each(y.size());
    y
}

/// The sums of what was picked from each place, in the order of the indices, so that they
/// are the same at every run.
#[track_caller]
pub fn put<T: Element>(
    name: &str,
    dy: &Array<T>,
    gpu: &Gpu,
    indices: &Array<u32>,
    picks: &Picks,
    shape: &[usize],
) -> Array<T> {
    let (dy, indices) = (dy.contiguous(), indices.beside(&dy.device()).contiguous());
    let dx = Array::unwritten(gpu, shape);
    let launch = Launch::new(gpu, &GATHER, format!("{name}_slope_ordered"));
    let launch = launch.array("dy", &dy).array("indices", &indices).array("dx", &dx);
    launch.bytes(picks.bytes()).each(dx.size());
    dx
}
