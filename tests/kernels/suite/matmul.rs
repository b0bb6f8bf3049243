//! The matrix products, version by version: odd sizes, batches, views.

use super::harness::*;
use gradus::device::{Arguments, Gpu, Shape, Source, kernels};
use gradus::tensor::{Array, Layout};

/// Name, source, tile of C, threads of a block.
type Version = (&'static str, &'static Source, usize, [u32; 3]);

fn versions() -> [Version; 3] {
    [
        ("matmul_v1_naive", &kernels::MATMUL_V1_NAIVE, 16, [16, 16, 1]),
        ("matmul_v2_tiled", &kernels::MATMUL_V2_TILED, 16, [16, 16, 1]),
        ("matmul_v3_register_tile", &kernels::MATMUL_V3_REGISTER_TILE, 64, [256, 1, 1]),
    ]
}

/// Strides of row, column, matrix.
fn steps(layout: &Layout) -> Vec<u8> {
    let [matrix, row, column] = *layout.strides() else { panic!("three axes") };
    [row, column, matrix].iter().flat_map(|step| (*step as u64).to_le_bytes()).collect()
}

fn run(gpu: &Gpu, version: Version, a: &Array<f32>, b: &Array<f32>) -> Vec<f32> {
    let (name, source, tile, block) = version;
    let [batch, m, k] = *a.shape() else { panic!("three axes") };
    let n = b.shape()[2];
    let c = room(gpu, batch * m * n);
    // A kernel is told where the first element lies, and there is nothing behind the last one: it
    // must not load four where three are left.
    let [am, bm] = [a, b].map(|x| {
        let (layout, last) =
            (x.layout(), x.shape().iter().map(|size| size.saturating_sub(1)));
        if x.size() == 0 {
            return on(gpu, &[]);
        }
        let last = layout.position(&last.collect::<Vec<_>>());
        on(gpu, &x.storage()[layout.offset()..=last])
    });
    let arguments = Arguments::new()
        .memory("a", &am)
        .bytes(steps(a.layout()))
        .memory("b", &bm)
        .bytes(steps(b.layout()))
        .memory("c", &c)
        .count(m)
        .count(k)
        .count(n);
    let tiles = |size: usize| size.div_ceil(tile).max(1) as u32;
    let shape =
        Shape { grid: [tiles(n), tiles(m), batch.max(1) as u32], block, shared: 0 };
    launch(gpu, source, name, shape, arguments);
    back(gpu, &c)
}

fn check(gpu: &Gpu, what: &str, a: &Array<f32>, b: &Array<f32>) {
    let want = wide(a).matmul(&wide(b));
    let sizes = wide(a).map(f64::abs).matmul(&wide(b).map(f64::abs)).to_vec();
    for version in versions() {
        let what = format!("{} {what}: {:?} × {:?}", version.0, a.shape(), b.shape());
        let got = run(gpu, version, a, b);
        near(&what, &got, &want.to_vec(), &vec![0.0; got.len()], |i| Bound {
            ulps: 0.5,
            // in order, one after the other: the error grows as the root of K, if not badly
            floor: 0.5 * (a.shape()[2] as f64).sqrt() * EPSILON * sizes[i],
        });
    }
}

pub fn products_of_every_size(gpu: &Gpu) {
        for [m, k, n] in [
            [1, 1, 1],
            [31, 33, 17],
            [33, 1, 65],
            [64, 16, 64],
            [65, 17, 63],
            [4, 257, 3],
            [1, 100, 70],
            [70, 100, 1],
            [68, 36, 132],
            [3, 0, 5],
            [0, 4, 5],
        ] {
            check(gpu, "plain", &array(&[1, m, k], 1), &array(&[1, k, n], 2));
        }
}

pub fn products_of_views_and_batches(gpu: &Gpu) {
        // both sizes that float4 fits, and sizes that it does not
        for [m, k, n] in [[36, 20, 68], [35, 18, 67]] {
            let (a, b) = (array(&[3, m, k], 1), array(&[3, k, n], 2));
            let turned_a = array(&[3, k, m], 3).transpose(1, 2);
            let turned_b = array(&[3, n, k], 4).transpose(1, 2);
            check(gpu, "batch", &a, &b);
            check(gpu, "A transposed", &turned_a, &b);
            check(gpu, "B transposed", &a, &turned_b);
            check(gpu, "both transposed", &turned_a, &turned_b);
            let shared = array(&[1, k, n], 5).broadcast_to(&[3, k, n]);
            check(gpu, "one B for all", &a, &shared);
            check(
                gpu,
                "one A for all",
                &array(&[1, m, k], 6).broadcast_to(&[3, m, k]),
                &b,
            );
            let first = array(&[3, m, k + 8], 7).slice(2, 0..k);
            check(gpu, "first columns", &first, &b);
            let inner =
                array(&[3, m + 2, k + 3], 8).slice(1, 1..m + 1).slice(2, 1..k + 1);
            check(gpu, "inner columns", &inner, &b);
            // rows of which `float4` could be read, were there four numbers left in the last
            let round = |size: usize| size.next_multiple_of(4);
            let wide_a = array(&[3, m, round(k)], 10).slice(2, 0..k);
            let wide_b = array(&[3, k, round(n)], 11).slice(2, 0..n);
            check(gpu, "wide rows", &wide_a, &wide_b);
            let tall_a = array(&[3, k, round(m)], 12).slice(2, 0..m).transpose(1, 2);
            let tall_b = array(&[3, n, round(k)], 13).slice(2, 0..k).transpose(1, 2);
            check(gpu, "wide columns", &tall_a, &tall_b);
            // neither direction lies element after element
            let apart = array(&[m, k, 3], 9).permute(&[2, 0, 1]);
            check(gpu, "apart", &apart, &b);
        }
}

/// Whole numbers, whose products and sums are exact: every version says the same.
pub fn whole_numbers_are_multiplied_exactly(gpu: &Gpu) {
        let whole = |shape: &[usize], seed| array(shape, seed).map(|x| (x * 4.0).round());
        let (a, b) = (whole(&[2, 67, 41], 1), whole(&[2, 41, 66], 2));
        for version in versions() {
            same(
                version.0,
                &run(gpu, version, &a, &b),
                &wide(&a).matmul(&wide(&b)).map(|c| c as f32).to_vec(),
            );
        }
}

/// 0 · ∞ is NaN, also where the zero is one that a tile has beyond an edge: there it must not be.
pub fn what_lies_beyond_an_edge_is_not_multiplied_with_infinity(gpu: &Gpu) {
        let mut a = array(&[1, 5, 7], 1);
        a.make_mut()[3] = f32::INFINITY;
        a.make_mut()[15] = f32::NAN;
        let b = array(&[1, 7, 9], 2);
        let want = a.matmul(&b).to_vec();
        for version in versions() {
            let got = run(gpu, version, &a, &b);
            for (got, want) in got.iter().zip(&want) {
                let same = got == want || got.is_nan() && want.is_nan();
                assert!(same || want.is_finite() && got.is_finite(), "{got} {want}");
            }
        }
}
