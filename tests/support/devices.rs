//! What the tests of devices share: which there are, and what is said where there is no GPU.

use gradus::device::{Device, Gpu};
use std::io::Write;

/// The device's memory and kernels.
pub fn gpu(device: Device) -> Gpu {
    match device {
        Device::Gpu(gpu) => gpu,
        Device::Cpu => panic!("the processor has no kernels"),
    }
}

/// A GPU, if there is one; if not, that is said.
pub fn real_gpu() -> Option<Gpu> {
    let found = Device::cuda(0).ok().map(gpu);
    if found.is_none() {
        // Not by `println!`, which is kept from view in a test that passes.
        let _ = writeln!(std::io::stderr(), "skipped: no CUDA driver");
    }
    found
}
