//! reduce.cu, extreme.cu, variance.cu: folds along rows, columns, and over everything.

use super::harness::*;
use gradus::autograd::TensorOf;
use gradus::device::{Arguments, Gpu, Memory, Shape, kernels};
use gradus::tensor::Array;

/// Rows and columns: shorter than a warp, one more than one, longer than a block.
const MATRICES: [[usize; 2]; 9] =
    [[1, 1], [3, 31], [33, 1], [5, 33], [7, 257], [2, 1000], [4, 0], [0, 5], [1, 5000]];
/// A middle axis between others.
const CUBES: [[usize; 3]; 8] = [
    [1, 1, 1],
    [1, 31, 33],
    [1, 257, 3],
    [3, 5, 40],
    [2, 1000, 1],
    [2, 9, 64],
    [2, 0, 5],
    [0, 3, 2],
];

/// A block for a row: more rows than blocks.
pub fn rows(count: usize) -> Shape {
    Shape::row(count.clamp(1, 3) as u32, 96)
}

/// Blocks of 32 × 8 threads, fewer than there is to do.
pub fn tiles() -> Shape {
    Shape { grid: [2, 1, 1], block: [32, 8, 1], shared: 0 }
}

fn by_rows(
    gpu: &Gpu,
    name: &str,
    x: &Memory<f32>,
    [m, n]: [usize; 2],
    shape: Shape,
) -> Vec<f32> {
    let y = room(gpu, m);
    let arguments = Arguments::new().memory("x", x).memory("y", &y).count(m).count(n);
    launch(gpu, &kernels::REDUCE, &format!("{name}_rows"), shape, arguments.number(1f32));
    back(gpu, &y)
}

fn by_columns(gpu: &Gpu, name: &str, x: &Array<f32>, divisor: f32) -> Vec<f32> {
    let [outer, n, inner] = *x.shape() else { panic!("three axes") };
    let (x, y) = (on(gpu, x.storage()), room(gpu, outer * inner));
    let arguments = Arguments::new().memory("x", &x).memory("y", &y);
    let arguments = arguments.count(outer).count(n).count(inner).number(divisor);
    launch(gpu, &kernels::REDUCE, &format!("{name}_columns"), tiles(), arguments);
    back(gpu, &y)
}

/// Parts of parts until one row can be folded.
fn over_all(gpu: &Gpu, name: &str, x: &[f32], blocks: u32) -> f32 {
    let mut memory = on(gpu, x);
    while memory.len() > 2 {
        let parts = room(gpu, memory.len().div_ceil(4096));
        let count = memory.len();
        let arguments =
            Arguments::new().memory("x", &memory).memory("parts", &parts).count(count);
        let shape = Shape::row(blocks, 256);
        launch(gpu, &kernels::REDUCE, &format!("{name}_parts"), shape, arguments);
        memory = parts;
    }
    by_rows(gpu, name, &memory, [1, memory.len()], Shape::row(1, 32))[0]
}

/// ε Σ |xᵢ|: what one rounding of the whole sum is.
fn size(x: &Array<f32>, axes: &[usize]) -> Vec<f64> {
    wide(x).map(f64::abs).sum(axes).map(|sum| sum * EPSILON).to_vec()
}

pub fn sums_along_rows_and_columns(gpu: &Gpu) {
        for shape in MATRICES {
            let x = array(&shape, 1);
            let memory = on(gpu, x.storage());
            let got = by_rows(gpu, "sum", &memory, shape, rows(shape[0]));
            let size = size(&x, &[1]);
            let (want, class) = (wide(&x).sum(&[1]).to_vec(), x.sum(&[1]).to_vec());
            near("sum of rows", &got, &want, &class, |i| Bound {
                ulps: 0.5,
                floor: size[i],
            });
        }
        for shape in CUBES {
            let x = array(&shape, 2);
            let size = size(&x, &[1]);
            let (want, class) = (wide(&x).mean_of(3.0), x.sum(&[1]).to_vec());
            near(
                "mean of columns",
                &by_columns(gpu, "sum", &x, 3.0),
                &want,
                &class,
                |i| Bound { ulps: 1.0, floor: size[i] / 3.0 },
            );
        }
}

/// Means along the middle axis, by a divisor.
trait MeanOf {
    fn mean_of(&self, divisor: f64) -> Vec<f64>;
}

impl MeanOf for Array<f64> {
    fn mean_of(&self, divisor: f64) -> Vec<f64> {
        self.sum(&[1]).map(|sum| sum / divisor).to_vec()
    }
}

pub fn whole_numbers_are_added_exactly(gpu: &Gpu) {
        for count in [0, 1, 33, 4095, 4096, 4097, 9001] {
            let x: Vec<f32> = (0..count).map(|i| ((i * 37) % 101) as f32).collect();
            let want: f32 = x.iter().sum();
            assert_eq!(over_all(gpu, "sum", &x, 2), want, "{count}");
        }
        // every element counts once: each has a bit of its own
        let x: Vec<f32> = (0..24).map(|i| f32::from_bits((127 + i) << 23)).collect();
        assert_eq!(over_all(gpu, "sum", &x, 1), (1 << 24) as f32 - 1.0);
}

pub fn a_sum_has_the_same_bits_whatever_the_grid(gpu: &Gpu) {
        let x = numbers(9001, 3);
        let memory = on(gpu, &x[..3000]);
        let of = |blocks| by_rows(gpu, "sum", &memory, [3, 1000], Shape::row(blocks, 64));
        same("rows", &of(1), &of(3));
        let of = |blocks| over_all(gpu, "sum", &x, blocks);
        same("everything", &[of(1)], &[of(3)]);
}

pub fn the_largest_and_the_smallest_are_exact(gpu: &Gpu) {
        for name in ["max", "min"] {
            let truth = |x: &Array<f32>, axes: &[usize]| match name {
                "max" => x.max(axes).to_vec(),
                _ => x.min(axes).to_vec(),
            };
            for shape in MATRICES {
                let x = array(&shape, 4);
                let memory = on(gpu, x.storage());
                let got = by_rows(gpu, name, &memory, shape, rows(shape[0]));
                same(name, &got, &truth(&x, &[1]));
            }
            for shape in CUBES {
                let x = array(&shape, 5);
                same(name, &by_columns(gpu, name, &x, 1.0), &truth(&x, &[1]));
            }
            let x = array(&[9001], 6);
            same(name, &[over_all(gpu, name, x.storage(), 2)], &truth(&x, &[0]));
            // a NaN is found wherever it stands
            for place in [0, 31, 32, 64, 99, 100] {
                let mut x = numbers(101, 7);
                x[place] = f32::NAN;
                let memory = on(gpu, &x);
                let got = by_rows(gpu, name, &memory, [1, 101], rows(1));
                assert!(got[0].is_nan(), "{name} does not see a NaN at {place}");
                let cube = Array::new(x, &[1, 101, 1]);
                assert!(by_columns(gpu, name, &cube, 1.0)[0].is_nan(), "{name}: columns");
            }
        }
}

pub fn equal_largest_elements_share_the_gradient(gpu: &Gpu) {
        for shape in CUBES {
            let [outer, n, inner] = shape;
            if n == 0 {
                continue;
            }
            // few different numbers, so that many are equal; and a NaN
            let mut x = array(&shape, 8).map(|x| x.round().clamp(-2.0, 2.0));
            if x.size() > 100 {
                x.make_mut()[50] = f32::NAN;
            }
            let dy = array(&[outer, 1, inner], 9);
            let tracked = TensorOf::from(x.clone()).tracked();
            let y = tracked.max(&[1]);
            let found = y.to_vec();
            let want = y.backward_from(dy.clone()).of(&tracked).unwrap().to_vec();
            let inputs = [x.to_vec(), found, dy.to_vec()].map(|values| on(gpu, &values));
            let dx = room(gpu, x.size());
            let given = |dx: &Memory<f32>| {
                let names = ["x", "y", "dy"];
                let all = names.iter().zip(&inputs);
                all.fold(Arguments::new(), |all, (name, x)| all.memory(name, x))
                    .memory("dx", dx)
            };
            let arguments = given(&dx).count(outer).count(n).count(inner);
            let source = &kernels::EXTREME;
            launch(gpu, source, "extreme_columns_slope", few(outer * inner), arguments);
            same("max of columns", &back(gpu, &dx), &want);
            if inner == 1 {
                let dx = room(gpu, x.size());
                let arguments = given(&dx).count(outer).count(n);
                launch(gpu, source, "extreme_rows_slope", rows(outer), arguments);
                same("max of rows", &back(gpu, &dx), &want);
            }
        }
}

pub fn variances_and_their_gradients(gpu: &Gpu) {
        for [m, n] in MATRICES {
            for fewer in [0, 1] {
                // a mean that is large against the spread
                let x = array(&[m, n], 10).map(|x| x + 100.0);
                let dy = array(&[m, 1], 11);
                let var = |x: &TensorOf<f64>| match fewer {
                    0 => x.var(&[1]),
                    _ => x.var_unbiased(&[1]),
                };
                let tracked = TensorOf::from(wide(&x)).tracked();
                let y = var(&tracked);
                let want = y.to_vec();
                let class: Vec<f32> = want.iter().map(|y| *y as f32).collect();
                let gradient = y.backward_from(wide(&dy));
                let want_dx = gradient.of(&tracked).unwrap().to_vec();
                let class_dx: Vec<f32> = want_dx.iter().map(|y| *y as f32).collect();

                let divisor = n.saturating_sub(fewer) as f32;
                let (x, y, mean) =
                    (on(gpu, x.storage()), room(gpu, m), room::<f32>(gpu, m));
                let arguments = Arguments::new().memory("x", &x).memory("y", &y);
                let arguments = arguments.memory("mean", &mean).count(m).count(n);
                let arguments = arguments.number(divisor);
                launch(gpu, &kernels::VARIANCE, "var_value", rows(m), arguments);
                near("var", &back(gpu, &y), &want, &class, |_| Bound {
                    ulps: 6.0,
                    floor: 1e-9,
                });
                let (dy, dx) = (on(gpu, dy.storage()), room(gpu, m * n));
                let arguments = Arguments::new().memory("x", &x).memory("mean", &mean);
                let arguments = arguments.memory("dy", &dy).memory("dx", &dx);
                let arguments = arguments.count(m).count(n).number(divisor);
                launch(gpu, &kernels::VARIANCE, "var_slope", few(m * n), arguments);
                // the mean, about 100, is rounded
                let floor = 4.0 * 100.0 * EPSILON / f64::from(divisor.max(1.0));
                near("var backward", &back(gpu, &dx), &want_dx, &class_dx, |_| Bound {
                    ulps: 4.0,
                    floor,
                });
            }
        }
}
