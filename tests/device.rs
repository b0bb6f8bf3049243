//! Memory and kernels of a device: one body for every engine.

#[path = "support/devices.rs"]
mod devices;

use devices::{gpu, real_gpu};
use gradus::device::{Arguments, Device, Gpu, Kernel, Memory, Shape, Source};
use std::borrow::Cow;

/// out[index[i]] += in[i], as NVRTC compiled it (`emulator/hardware/cu/scatter_add.cu`).
fn source() -> Source {
    let ptx = include_str!("../emulator/hardware/ptx/scatter_add.compute_75.ptx");
    Source { name: Cow::Borrowed("scatter_add"), ptx: Cow::Borrowed(ptx) }
}

/// Calls `body` for the emulator, and for a GPU where there is one.
fn everywhere(body: impl Fn(&Gpu)) {
    body(&gpu(Device::emulator()));
    real_gpu().iter().for_each(body);
}

fn scatter(gpu: &Gpu, n: u32) -> gradus::Result<Vec<f32>> {
    let values: Vec<f32> = (0..n).map(|i| i as f32).collect();
    let index: Vec<u32> = (0..n).map(|i| i % 3).collect();
    let (values, index) =
        (Memory::from_slice(gpu, &values)?, Memory::from_slice(gpu, &index)?);
    let out = Memory::from_slice(gpu, &[0f32; 3])?;
    let arguments = Arguments::new()
        .memory("values", &values)
        .memory("index", &index)
        .memory("out", &out)
        .number(n)
        .number(3u32);
    let source = source();
    let kernel = Kernel { source: &source, name: "scatter_add" };
    gpu.launch(&kernel, Shape::row(n.div_ceil(128), 128), &arguments)?;
    out.to_vec()
}

#[test]
fn numbers_go_there_and_back() {
    everywhere(|gpu| {
        for length in [0, 1, 1000] {
            let numbers: Vec<u32> = (0..length).map(|i| i * 7).collect();
            let memory = Memory::from_slice(gpu, &numbers).unwrap();
            assert_eq!((memory.len(), memory.is_empty()), (length as usize, length == 0));
            assert_eq!(memory.to_vec().unwrap(), numbers);
        }
        let halves = Memory::from_slice(gpu, &[0.5f64, -0.0, f64::INFINITY]).unwrap();
        assert_eq!(halves.to_vec().unwrap(), [0.5, 0.0, f64::INFINITY]);
    });
}

#[test]
fn a_kernel_runs_on_them() {
    everywhere(|gpu| {
        let sums = scatter(gpu, 100).unwrap();
        assert_eq!(sums, [1683.0, 1617.0, 1650.0]);
        gpu.synchronize().unwrap();
    });
}

#[test]
fn memory_is_counted_and_given_back() {
    everywhere(|gpu| {
        assert_eq!((gpu.used(), gpu.peak()), (0, 0));
        let first = Memory::<f32>::unwritten(gpu, 1000).unwrap();
        let second = Memory::<u32>::unwritten(gpu, 500).unwrap();
        assert_eq!((gpu.used(), gpu.peak()), (6000, 6000));
        drop(first);
        assert_eq!((gpu.used(), gpu.peak()), (2000, 6000));
        drop(second);
        assert_eq!((gpu.used(), gpu.peak()), (0, 6000));
    });
}

#[test]
fn a_gpu_is_not_asked_for_memory_that_it_has_given_before() {
    let Some(gpu) = real_gpu() else { return };
    scatter(&gpu, 100).unwrap();
    let before = gpu.allocations();
    for _ in 0..10 {
        scatter(&gpu, 100).unwrap();
    }
    assert_eq!(gpu.allocations(), before);
}

fn refused(result: gradus::Result<impl Sized>, part: &str) {
    let message = result.err().expect("it must be refused").to_string();
    assert!(message.contains(part), "{message:?} does not say {part:?}");
}

#[test]
fn what_cannot_be_launched_is_an_error_that_says_why() {
    everywhere(|gpu| {
        let source = source();
        let kernel = Kernel { source: &source, name: "scatter_add" };
        let other = Kernel { source: &source, name: "gather" };
        let none = Arguments::new;
        refused(
            gpu.launch(&other, Shape::row(1, 32), &none()),
            "no kernel `gather` of scatter_add",
        );
        refused(gpu.launch(&kernel, Shape::row(1, 32), &none()), "argument");
        let five = || (0..5).fold(none(), |all, _| all.number(0f64));
        refused(gpu.launch(&kernel, Shape::row(1, 32), &five()), "bytes");
        let text = "mov.u32 %r1, %r2;";
        let source = Source { name: Cow::Borrowed("bad"), ptx: Cow::Borrowed(text) };
        let bad = Kernel { source: &source, name: "bad" };
        refused(gpu.launch(&bad, Shape::row(1, 32), &none()), "bad");
    });
}

#[test]
fn a_mistake_in_a_kernel_is_an_error_on_the_emulator() {
    let gpu = gpu(Device::emulator());
    let values = Memory::from_slice(&gpu, &[1f32, 2.0]).unwrap();
    let index = Memory::from_slice(&gpu, &[0u32, 1]).unwrap();
    let out = Memory::from_slice(&gpu, &[0f32; 1]).unwrap();
    // It is told that `out` has two elements, and it has one.
    let arguments = Arguments::new()
        .memory("values", &values)
        .memory("index", &index)
        .memory("out", &out)
        .number(2u32)
        .number(2u32);
    let source = source();
    let kernel = Kernel { source: &source, name: "scatter_add" };
    let result = gpu.launch(&kernel, Shape::row(1, 32), &arguments);
    refused(result, "out-of-bounds in `scatter_add` at /kernels/scatter_add.cu:6");
    let unwritten = Memory::<f32>::unwritten(&gpu, 1).unwrap();
    let arguments = Arguments::new()
        .memory("values", &values)
        .memory("index", &index)
        .memory("out", &unwritten)
        .number(1u32)
        .number(1u32);
    let result = gpu.launch(&kernel, Shape::row(1, 32), &arguments);
    refused(
        result,
        "reads `out`[0] (of 1 elements of type f32), which was never written",
    );
}

#[test]
#[should_panic(expected = "an argument lies on emulator")]
fn memory_of_another_device_is_refused() {
    let (here, there) = (gpu(Device::emulator()), gpu(Device::emulator()));
    let memory = Memory::from_slice(&there, &[1f32]).unwrap();
    let source = source();
    let kernel = Kernel { source: &source, name: "scatter_add" };
    let _ =
        here.launch(&kernel, Shape::row(1, 1), &Arguments::new().memory("x", &memory));
}

#[test]
fn devices_have_names() {
    assert_eq!("cpu".parse::<Device>().unwrap(), Device::Cpu);
    assert_eq!("emulator".parse::<Device>().unwrap().to_string(), "emulator");
    refused("gpu".parse::<Device>(), "`cpu`, `emulator`, `cuda`");
    refused("cuda:x".parse::<Device>(), "no device `cuda:x`");
    refused("cuda:99".parse::<Device>(), "");
    Device::Cpu.synchronize().unwrap();
}
