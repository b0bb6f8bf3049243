//! What the page says of threads, and what it shows in Rust.

use gradus::device::{Arguments, Device, Gpu, Kernel, Memory, Shape, Source};
use std::borrow::Cow;

/// The kernels of the experiment.
static STEPS: Source = Source {
    name: Cow::Borrowed("steps"),
    ptx: Cow::Borrowed(include_str!("../../examples/06_gpu/ptx/steps.ptx")),
};

fn emulator() -> Gpu {
    match Device::emulator() {
        Device::Gpu(gpu) => gpu,
        Device::Cpu => unreachable!("the emulator is no processor"),
    }
}

// ANCHOR: add
fn add(gpu: &Gpu, a: &[f32], b: &[f32]) -> gradus::Result<Vec<f32>> {
    let count = a.len();
    let (a, b) = (Memory::from_slice(gpu, a)?, Memory::from_slice(gpu, b)?);
    let out = Memory::<f32>::unwritten(gpu, count)?;
    let arguments =
        Arguments::new().memory("a", &a).memory("b", &b).memory("out", &out).count(count);
    let kernel = Kernel { source: &STEPS, name: "add" };
    gpu.launch(&kernel, Shape::row(2, 4), &arguments)?; // starts, and returns
    out.to_vec() // waits, and copies back
}
// ANCHOR_END: add

#[test]
fn ten_numbers_are_added_by_eight_threads() {
    let a: Vec<f32> = (0..10).map(|i| i as f32).collect();
    let b = vec![100.0; 10];
    let sums = add(&emulator(), &a, &b).unwrap();
    assert_eq!(sums, [100., 101., 102., 103., 104., 105., 106., 107., 108., 109.]);
}

/// Three numbers of f32 whose sum depends on its order.
// ANCHOR: order
#[test]
fn the_order_of_a_sum_decides_its_last_bits() {
    let (a, b, c) = (1e8f32, -1e8f32, 1f32);
    assert_eq!((a + b) + c, 1.0);
    assert_eq!(a + (b + c), 0.0);
}
// ANCHOR_END: order

/// Every grid takes every element once: thread t of T takes t, t + T, t + 2T, …
#[test]
fn a_grid_stride_loop_leaves_nothing_out_and_takes_nothing_twice() {
    for (blocks, threads, count) in [(1, 1, 10), (2, 4, 10), (3, 32, 1000), (4, 32, 5)] {
        let gpu = emulator();
        let room = || Memory::<u32>::unwritten(&gpu, count).unwrap();
        let (block, thread, round) = (room(), room(), room());
        let arguments = Arguments::new()
            .memory("block", &block)
            .memory("thread", &thread)
            .memory("round", &round)
            .count(count);
        let kernel = Kernel { source: &STEPS, name: "who_takes" };
        gpu.launch(&kernel, Shape::row(blocks, threads), &arguments).unwrap();
        let [block, thread, round] = [block, thread, round].map(|m| m.to_vec().unwrap());
        for i in 0..count {
            let t = block[i] * threads + thread[i];
            assert_eq!(t + round[i] * blocks * threads, i as u32);
        }
    }
}

/// `ptx.txt` is what the compiler made of the loop of `copy`, without its notes on lines.
#[test]
fn the_page_shows_the_ptx_that_is_loaded() {
    let words =
        |line: &str| line.split_whitespace().map(String::from).collect::<Vec<_>>();
    let shown: Vec<Vec<String>> = include_str!("ptx.txt")
        .lines()
        .skip_while(|line| !line.contains("ANCHOR: loop"))
        .skip(1)
        .take_while(|line| !line.contains("ANCHOR_END"))
        .map(words)
        .collect();
    let loaded: Vec<Vec<String>> = gradus::device::kernels::COPY
        .ptx
        .lines()
        .filter(|line| !line.contains(".loc"))
        .map(words)
        .skip_while(|line| *line != ["$L__BB0_2:"])
        .take_while(|line| !line.is_empty())
        .collect();
    assert_eq!(shown.len(), 9);
    assert_eq!(shown, loaded);
}
