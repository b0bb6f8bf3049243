//! The matrix product, by the kernels of `matmul_v*.cu`.

use super::launch::Launch;
use crate::device::{Gpu, Shape, kernels};
use crate::element::Real;
use crate::tensor::Array;

/// The most matrices that one launch takes (the limit of `grid.z`).
const MATRICES: usize = 65_535;

/// C = A B for matrices with axes in front that are the same for both: `[.., M, K]` and
/// `[.., K, N]`.
#[track_caller]
pub fn matmul<T: Real>(a: &Array<T>, b: &Array<T>, gpu: &Gpu) -> Array<T> {
    let (outer, [m, k]) = matrices(a.shape());
    let n = b.shape()[b.rank() - 1];
    let count: usize = outer.iter().product();
    // A view where one stride leads from each matrix to the next, else a copy.
    let (a, b) = (a.reshape(&[count, m, k]), b.reshape(&[count, k, n]));
    let c = Array::unwritten(gpu, &[count, m, n]);
    for first in (0..count).step_by(MATRICES) {
        let part = first..count.min(first + MATRICES);
        let [a, b, c] = [&a, &b, &c].map(|x| x.slice(0, part.clone()));
        // A large tile needs a large matrix; where there is none, most of it would be empty.
        let (source, name, tile, block) = match m.min(n) {
            32.. => (
                &kernels::MATMUL_V3_REGISTER_TILE,
                "matmul_v3_register_tile",
                64,
                [256, 1, 1],
            ),
            _ => (&kernels::MATMUL_V2_TILED, "matmul_v2_tiled", 16, [16, 16, 1]),
        };
        let tiles = |size: usize| size.div_ceil(tile) as u32;
        let launch = Launch::new(gpu, source, name);
        let launch = launch.operand("a", &a).bytes(steps(&a));
        let launch = launch.operand("b", &b).bytes(steps(&b));
        let launch = launch.array("c", &c).count(m).count(k).count(n);
        let grid = [tiles(n), tiles(m), part.len() as u32];
        launch.start(Shape { grid, block, shared: 0 });
    }
    c.reshape(&[outer, &[m, n]].concat())
}

fn matrices(shape: &[usize]) -> (&[usize], [usize; 2]) {
    let [outer @ .., rows, columns] = shape else {
        unreachable!("the caller has checked that there are two axes")
    };
    (outer, [*rows, *columns])
}

/// How far it is from a row, a column and a matrix to the next (`Steps` of common.cuh).
fn steps<T: Real>(matrices: &Array<T>) -> Vec<u8> {
    let [matrix, row, column] = matrices.layout().strides() else {
        unreachable!("there are three axes")
    };
    [row, column, matrix].iter().flat_map(|step| (**step as u64).to_le_bytes()).collect()
}
