//! Sums, largest and smallest along axes, by the kernels of `reduce.cu`.

use super::launch::Launch;
use super::rows::Rows;
use crate::device::{Gpu, Shape, kernels::COMPARE, kernels::REDUCE};
use crate::element::Real;
use crate::tensor::Array;

/// How many elements a block takes of a row that is all there is (`PART` in `reduce.cu`).
const PART: usize = 4096;

/// The elements along `axes`, which have been checked and stay with size 1, put together by
/// the kernels `sum_…`, `max_…` or `min_…`.
#[track_caller]
pub fn reduce<T: Real>(
    x: &Array<T>,
    gpu: &Gpu,
    axes: &[usize],
    shrunk: &[usize],
    name: &str,
) -> Array<T> {
    if let Some([outer, n, inner]) = middle(x.shape(), axes) {
        let (x, y) = (x.contiguous(), Array::unwritten(gpu, shrunk));
        let launch = Launch::new(gpu, &REDUCE, format!("{name}_columns"));
        let launch = launch.array("x", &x).array("y", &y);
        let launch = launch.count(outer).count(n).count(inner).number(T::ONE);
        launch.columns(outer * inner.next_multiple_of(32));
        return y;
    }
    let rows = Rows::along(x.shape(), axes);
    let (count, mut length, mut x) = (rows.count(), rows.length(), rows.of(x));
    while count == 1 && length > PART {
        let parts = Array::unwritten(gpu, &[length.div_ceil(PART)]);
        let launch = Launch::new(gpu, &REDUCE, format!("{name}_parts"));
        let launch = launch.array("x", &x).array("parts", &parts).count(length);
        launch.rows(parts.size(), PART);
        (length, x) = (parts.size(), parts);
    }
    let y = Array::unwritten(gpu, &[count]);
    let launch = Launch::new(gpu, &REDUCE, format!("{name}_rows"));
    let launch = launch.array("x", &x).array("y", &y).count(count).count(length);
    launch.number(T::ONE).rows(count, length);
    rows.heads(&y)
}

/// The position of the largest element along `axis`, which is gone in `shape`.
#[track_caller]
pub fn argmax<T: Real>(
    x: &Array<T>,
    gpu: &Gpu,
    axis: usize,
    shape: &[usize],
) -> Array<u32> {
    let (rows, y) = (Rows::along(x.shape(), &[axis]), Array::unwritten(gpu, shape));
    let launch = rows.launch(gpu, &COMPARE, "argmax_rows", &[("x", x)]).array("y", &y);
    // A warp for a row.
    let blocks = rows.count().min(1 << 16) as u32;
    launch.rows_of(&rows).start(Shape::row(blocks, 32));
    y
}

/// The shape as `[outer, n, inner]` where the axes are neighbours, with `n` elements, and
/// some elements lie within them.
fn middle(shape: &[usize], axes: &[usize]) -> Option<[usize; 3]> {
    let (first, last) = (*axes.iter().min()?, *axes.iter().max()?);
    let size = |axes: &[usize]| axes.iter().product();
    let inner = size(&shape[last + 1..]);
    let neighbours = last - first + 1 == axes.len();
    (neighbours && inner > 1)
        .then(|| [size(&shape[..first]), size(&shape[first..=last]), inner])
}
