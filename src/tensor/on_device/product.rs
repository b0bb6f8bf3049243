//! The matrix product, by the kernels of `matmul_v*.cu`.

use super::launch::Launch;
use crate::device::{Gpu, Shape, kernels};
use crate::element::Real;
use crate::tensor::Array;
use std::ops::Range;

/// The most blocks that a grid has along y, and along z.
const BLOCKS: usize = 65_535;

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
    // A large tile needs a large matrix; where there is none, most of it would be empty.
    let (source, name, tile, block) = match m.min(n) {
        32.. => {
            let source = &kernels::MATMUL_V3_REGISTER_TILE;
            (source, "matmul_v3_register_tile", 64, [256, 1, 1])
        }
        _ => (&kernels::MATMUL_V2_TILED, "matmul_v2_tiled", 16, [16, 16, 1]),
    };
    for (matrices, rows) in launches(count, m, tile) {
        let a = a.slice(0, matrices.clone()).slice(1, rows.clone());
        let b = b.slice(0, matrices.clone());
        let c = c.slice(0, matrices.clone()).slice(1, rows.clone());
        let tiles = |size: usize| size.div_ceil(tile) as u32;
        let launch = Launch::new(gpu, source, name);
        let launch = launch.operand("a", &a).bytes(steps(&a));
        let launch = launch.operand("b", &b).bytes(steps(&b));
        let launch = launch.array("c", &c).count(rows.len()).count(k).count(n);
        let grid = [tiles(n), tiles(rows.len()), matrices.len() as u32];
        launch.start(Shape { grid, block, shared: 0 });
    }
    c.reshape(&[outer, &[m, n]].concat())
}

/// Which matrices, and which of their rows, are computed by one launch after the other: as
/// many as a grid takes. Rows of several matrices at once must be all of them, since they are
/// to lie row after row.
fn launches(count: usize, m: usize, tile: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let parts = |size: usize, most: usize| {
        (0..size).step_by(most).map(move |first| first..size.min(first + most))
    };
    let at_once = if m <= BLOCKS * tile { BLOCKS } else { 1 };
    let of = |matrices: Range<usize>| {
        parts(m, BLOCKS * tile).map(move |rows| (matrices.clone(), rows))
    };
    parts(count, at_once).flat_map(of).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_grid_is_larger_than_it_may_be() {
        let most = BLOCKS * 16;
        assert_eq!(launches(3, 5, 16), [(0..3, 0..5)]);
        assert_eq!(launches(0, 5, 16), []);
        let many = launches(BLOCKS + 2, most, 16);
        assert_eq!(many, [(0..BLOCKS, 0..most), (BLOCKS..BLOCKS + 2, 0..most)]);
        let tall = launches(2, most + 7, 16);
        let rows = [0..most, most..most + 7];
        let want = [(0..1, 0), (0..1, 1), (1..2, 0), (1..2, 1)];
        assert_eq!(
            tall,
            want.map(|(matrix, part): (_, usize)| (matrix, rows[part].clone()))
        );
    }
}
