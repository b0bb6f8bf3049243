//! gather.cu: picking by index, and adding by index in order and by atomics.

use super::harness::*;
use gradus::device::{Arguments, Gpu, kernels};
use gradus::random::{generator, uniform};
use gradus::tensor::Array;

/// x `[outer, size, inner]`, an index for `along` entries.
const SHAPES: [[usize; 4]; 7] = [
    [1, 1, 1, 1],
    [1, 31, 33, 1],
    [1, 5, 257, 3],
    [3, 7, 4, 5],
    [2, 3, 100, 2],
    [2, 3, 0, 5],
    [1, 1000, 70, 1],
];

fn sizes([outer, size, along, inner]: [usize; 4]) -> Vec<u8> {
    [outer, size, along, inner].iter().flat_map(|n| (*n as u64).to_le_bytes()).collect()
}

fn indices(count: usize, size: usize) -> Vec<u32> {
    let mut generator = generator(1);
    let mut draw = || (uniform(&mut generator) * size as f64) as u32;
    // the last one is among them
    (0..count).map(|i| if i == 0 { size as u32 - 1 } else { draw() }).collect()
}

fn run(
    gpu: &Gpu,
    name: &str,
    shape: [usize; 4],
    from: &[f32],
    index: &[u32],
    to: Vec<f32>,
) -> Vec<f32> {
    let (from, index) = (on(gpu, from), on(gpu, index));
    // what is added to begins with zeros, anything else is not written yet
    let to = if name.ends_with("atomic") { on(gpu, &to) } else { room(gpu, to.len()) };
    let arguments =
        Arguments::new().memory("from", &from).memory("index", &index).memory("to", &to);
    launch(gpu, &kernels::GATHER, name, few(to.len()), arguments.bytes(sizes(shape)));
    back(gpu, &to)
}

/// The same, by the library.
fn check(gpu: &Gpu, name: &str, shape: [usize; 4]) {
    let [outer, size, along, inner] = shape;
    let by_entry = name == "index_select";
    let count = if by_entry { along } else { outer * along * inner };
    let index = indices(count, size);
    let x = array(&[outer, size, inner], 2);
    // whole numbers: their sums are exact in any order
    let dy = array(&[outer, along, inner], 3).map(|dy| (dy * 10.0).round());
    let (want, want_dx) = if by_entry {
        let index = Array::new(index.clone(), &[along]);
        let x = x.reshape(&[size, inner]);
        let dy = dy.reshape(&[along, inner]);
        (x.index_select(&index), dy.index_add(&index, &[size, inner]))
    } else {
        let index = Array::new(index.clone(), &[outer, along, inner]);
        (x.gather(1, &index), dy.scatter_add(1, &index, &[outer, size, inner]))
    };
    let y = vec![0.0; want.size()];
    let got = run(gpu, &format!("{name}_value"), shape, x.storage(), &index, y);
    same(name, &got, &want.to_vec());
    for kind in ["atomic", "ordered"] {
        let kernel = format!("{name}_slope_{kind}");
        let dx = vec![0.0; want_dx.size()];
        let got = run(gpu, &kernel, shape, dy.storage(), &index, dx);
        let positive = |x: &[f32]| x.iter().map(|x| x + 0.0).collect::<Vec<f32>>();
        same(&kernel, &positive(&got), &positive(&want_dx.to_vec()));
    }
}

pub fn picking_and_adding_by_index(gpu: &Gpu) {
        for shape in SHAPES {
            check(gpu, "gather", shape);
            if shape[0] == 1 {
                check(gpu, "index_select", shape);
            }
        }
}

pub fn added_in_order_the_sums_have_the_librarys_bits(gpu: &Gpu) {
        let shape = [1, 3, 500, 2];
        let index = indices(500, 3);
        let dy = array(&[500, 2], 4);
        let want = dy.index_add(&Array::new(index.clone(), &[500]), &[3, 2]).to_vec();
        let name = "index_select_slope_ordered";
        same(
            "in order",
            &run(gpu, name, shape, dy.storage(), &index, vec![0.0; 6]),
            &want,
        );
        let name = "index_select_slope_atomic";
        let got = run(gpu, name, shape, dy.storage(), &index, vec![0.0; 6]);
        let sizes = wide(&dy).map(f64::abs).sum(&[0]).to_vec();
        let exact = wide(&dy).index_add(&Array::new(index.clone(), &[500]), &[3, 2]);
        near("by atomics", &got, &exact.to_vec(), &want, |i| Bound {
            ulps: 0.0,
            floor: 4.0 * EPSILON * sizes[i % 2],
        });
}

pub fn an_index_that_is_too_large_reads_nothing(gpu: &Gpu) {
        let (shape, index) = ([1, 3, 4, 1], [2, 3, u32::MAX, 0]);
        let x = [1.0, 2.0, 3.0];
        for name in ["gather", "index_select"] {
            let got = run(gpu, &format!("{name}_value"), shape, &x, &index, vec![0.0; 4]);
            same(name, &got, &[3.0, f32::NAN, f32::NAN, 1.0]);
            for kind in ["atomic", "ordered"] {
                let name = format!("{name}_slope_{kind}");
                let got =
                    run(gpu, &name, shape, &[1.0, 2.0, 4.0, 8.0], &index, vec![0.0; 3]);
                same(&name, &got, &[8.0, 0.0, 1.0]);
            }
        }
}
